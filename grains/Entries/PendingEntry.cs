using System.Collections.Immutable;
using MallVip.Grains.Journal;

namespace MallVip.Grains.Entries;

/// <summary>An entry without its place: what a grain decided, before the timeline chains it.</summary>
public sealed record PendingEntry
{
    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public EventKey Key { get; init; }

    /// <summary>0: none.</summary>
    public UInt128 Content { get; init; }

    public EventKey Receipt { get; init; }

    /// <summary>Keys of the codes that it makes.</summary>
    public ImmutableArray<EventKey> Codes { get; init; } = [];

    public string Actor { get; init; } = "";

    public string RulesVersion { get; init; } = "";

    public DueChange NextDue { get; init; }

    public IReadOnlyList<PersonRow> Persons { get; init; } = [];

    /// <inheritdoc cref="EntryDraft.ValidUntil"/>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The entry with its place in its grain's chain.</summary>
    public EntryDraft ToDraft(GrainKey grain, long seq, Hash256 previous) => new()
    {
        Grain = grain,
        Seq = seq,
        At = At,
        Kind = Kind,
        Key = Key,
        ContentHash = Content == UInt128.Zero ? null : Content,
        ExtraKeys = !Codes.IsEmpty ? Receipt.IsNone ? Codes : [Receipt, .. Codes]
            : Receipt.IsNone ? [] : [Receipt],
        Actor = Actor,
        RulesVersion = RulesVersion,
        PrevHash = previous,
        Body = Body,
        NextDue = NextDue,
        Persons = Persons,
        ValidUntil = ValidUntil,
    };
}
