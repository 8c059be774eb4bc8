using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Journaling;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Entries;

/// <summary>What became of a command when it came first.</summary>
/// <param name="Seq">The entry's number within its grain.</param>
/// <param name="Content">Keyed hash of the command's content; null: not kept.</param>
/// <param name="Member">Whose entry it is; null: it waits at an identity.</param>
/// <param name="Outcome">What it changed; null while it waits.</param>
public sealed record FirstAnswer(long Seq, UInt128? Content, MemberId? Member, Outcome? Outcome)
{
    /// <summary>Who sent it.</summary>
    public required string Actor { get; init; }

    /// <summary>Whether a repeat with this hash is another command under the same key. 0: not compared.
    /// </summary>
    public bool Differs(UInt128 content) =>
        Content is { } first && content != UInt128.Zero && first != content;
}

/// <summary>Looks up first answers in the journal.</summary>
public static class FirstAnswers
{
    /// <summary>The first answer under a key. An event that waited at its identity is followed to the member
    /// who has it by now.</summary>
    /// <param name="services">What member grains share.</param>
    /// <param name="key">The command's key.</param>
    /// <param name="pos">Where its entry stands.</param>
    public static async Task<FirstAnswer> FirstAsync(this MemberServices services, EventKey key, long pos)
    {
        var first = await EntryAsync(services, pos);
        if (first.Grain.Kind == GrainKind.Member)
            return Of(first, first);
        var carried = await services.Keys.FindAsync(key.Carried());
        if (carried.Kind == KeyClaimKind.InFlight && await carried.Fate! is var place and > 0)
            carried = new(KeyClaimKind.Written, place, null);
        return carried.Kind == KeyClaimKind.Written
            ? Of(first, await EntryAsync(services, carried.Pos))
            : new(first.Seq, first.ContentHash, null, null) { Actor = first.Actor };
    }

    private static FirstAnswer Of(JournalEntry first, JournalEntry entry) => new(
        entry.Seq, first.ContentHash, new MemberId(entry.Grain.Id),
        Outcome.From(JournalJson.ReadBody(entry.Body.Span)))
    {
        Actor = first.Actor,
    };

    private static async Task<JournalEntry> EntryAsync(MemberServices services, long pos) =>
        await services.Journal.ReadAtAsync(pos)
        ?? throw new JournalDamagedException($"The key index points to {pos}, where no entry stands.");
}
