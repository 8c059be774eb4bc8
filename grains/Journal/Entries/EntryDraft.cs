using System.Collections.Immutable;

namespace MallVip.Grains.Journal;

/// <summary>What a grain hands over to be written: one entry, and what goes with it in the same
/// transaction. A grain that has a timeline leaves the place in its chain to it.</summary>
public sealed record EntryDraft
{
    private GrainKey _grain;
    private long _seq;
    private Hash256 _prevHash;
    private Hash256 _hash;
    private bool _hashed;

    /// <summary>The grain the entry belongs to.</summary>
    public GrainKey Grain
    {
        get => _grain;
        init => _grain = value;
    }

    /// <summary>1 for a grain's first entry, then without a gap; chosen by the grain.</summary>
    public long Seq
    {
        get => _seq;
        init => _seq = value;
    }

    /// <summary>The arrival clock. Kept to 100 ns; the offset is not kept (read back in UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>A short stable name of what the body is.</summary>
    public required string Kind { get; init; }

    /// <summary>The idempotency key; <see cref="EventKey.None"/> (default) for timers.</summary>
    public EventKey Key { get; init; }

    /// <summary>Keyed hash of the content, so that the same key with other content is told apart. Default:
    /// none.</summary>
    public UInt128? ContentHash { get; init; }

    /// <summary>As <see cref="ContentHash"/>, where 0 is none.</summary>
    public UInt128 Content
    {
        init => ContentHash = value == UInt128.Zero ? null : value;
    }

    /// <summary>Further keys under which the entry is found, e.g. (store, receipt). Default: none.</summary>
    public IReadOnlyList<EventKey> ExtraKeys { get; init; } = [];

    /// <summary>Who acted, never personal data. Default: empty.</summary>
    public string Actor { get; init; } = "";

    /// <summary>The rule-set version that decided. Default: empty.</summary>
    public string RulesVersion { get; init; } = "";

    /// <summary>The hash of the grain's previous entry; <see cref="Hash256.Zero"/> before its
    /// first.</summary>
    public Hash256 PrevHash
    {
        get => _prevHash;
        init => _prevHash = value;
    }

    /// <summary>The entry's content, opaque here. Must not change after the hand-over.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What happens to the grain's due row. Default: nothing.</summary>
    public DueChange NextDue { get; init; }

    /// <summary>Rows for the deletable person table; neither hashed nor part of the entry. Default:
    /// none.</summary>
    public IReadOnlyList<PersonRow> Persons { get; init; } = [];

    /// <summary>By the store's clock: not written later than this, since what it used of others ends then.
    /// Neither hashed nor part of the entry. Default: for ever.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>This entry's own hash, computed once at first use (see <see cref="EntryHash"/>): the next
    /// entry's <see cref="PrevHash"/>.</summary>
    public Hash256 Hash
    {
        get
        {
            if (_hashed)
                return _hash;
            _hash = EntryHash.Compute(this);
            _hashed = true;
            return _hash;
        }
    }

    /// <summary>Further keys, of which a receipt's may be none.</summary>
    public static IReadOnlyList<EventKey> Extra(EventKey receipt, ImmutableArray<EventKey> codes) =>
        receipt.IsNone ? codes.IsEmpty ? [] : codes
            : codes.IsEmpty ? [receipt] : [receipt, .. codes];

    /// <summary>Gives it its place in its grain's chain, once and before anybody else sees it.</summary>
    internal void Place(GrainKey grain, long seq, Hash256 previous) =>
        (_grain, _seq, _prevHash) = (grain, seq, previous);
}
