using System.Text;
using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal;

/// <summary>One grain's side of the journal in a test: makes drafts that follow each other.</summary>
internal sealed class ChainOf(UInt128 id, GrainKind kind = GrainKind.Member)
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.FromHours(8));

    public GrainKey Grain { get; } = new(kind, id);

    public long Seq { get; private set; }

    public Hash256 Hash { get; private set; }

    public EntryDraft Next(
        string body = "{}", string? key = null, DueChange due = default,
        IReadOnlyList<EventKey>? extra = null,
        IReadOnlyList<PersonRow>? persons = null, string kind = "mall.purchase",
        DateTimeOffset? validUntil = null)
    {
        var draft = new EntryDraft
        {
            Grain = Grain,
            Seq = Seq + 1,
            At = Noon.AddSeconds(Seq),
            Kind = kind,
            Key = key is null ? EventKey.None : EventKey.ForEvent("test", key),
            ContentHash = key is null ? null : (UInt128)7,
            ExtraKeys = extra ?? [],
            Actor = "till-7",
            RulesVersion = "v1",
            PrevHash = Hash,
            Body = Encoding.UTF8.GetBytes(body),
            NextDue = due,
            Persons = persons ?? [],
            ValidUntil = validUntil,
        };
        (Seq, Hash) = (draft.Seq, draft.Hash);
        return draft;
    }

    /// <summary>Goes back to an earlier head, as a grain does that reloads.</summary>
    public void Reload(long seq, Hash256 hash) => (Seq, Hash) = (seq, hash);
}
