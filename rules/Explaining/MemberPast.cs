using System.Collections.Immutable;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Explaining;

/// <summary>
/// The entries of one member up to the one that is to be explained, and the programmes that decided what it
/// depends on.
/// </summary>
public sealed record MemberPast
{
    private readonly IReadOnlyDictionary<string, Programme> _programmes;

    private MemberPast(
        ImmutableArray<PastEntry> before, PastEntry entry, MemberState state,
        IReadOnlyDictionary<string, Programme> programmes) =>
        (Before, Entry, State, _programmes) = (before, entry, state, programmes);

    /// <summary>What happened to a purchase that an absorbed member brought along: the entries of that
    /// member, then those of whoever took it in, down to this member before the entry, lots as numbered here.
    /// Empty: the entry returns no such purchase.</summary>
    public ImmutableArray<PastEntry> Brought { get; init; } = [];

    /// <summary>The entries before it, oldest first.</summary>
    public ImmutableArray<PastEntry> Before { get; }

    /// <summary>The entry that is to be explained.</summary>
    public PastEntry Entry { get; }

    /// <summary>The member as of before it.</summary>
    public MemberState State { get; }

    /// <summary>The programme that decided it.</summary>
    public Programme Programme => _programmes[Entry.Version];

    /// <param name="entries">From the member's first to the one to be explained; at least one.</param>
    /// <param name="programmes">By version, at least <see cref="VersionsOf"/>.</param>
    public static MemberPast Of(
        IReadOnlyList<PastEntry> entries, IReadOnlyDictionary<string, Programme> programmes)
    {
        var state = MemberState.Empty;
        for (var i = 0; i < entries.Count - 1; i++)
            state = MemberFold.Apply(state, entries[i].Facts, entries[i].Seq);
        return Of(entries.Take(entries.Count - 1), entries[^1], state, programmes);
    }

    /// <summary>The same where the state before the entry is known already.</summary>
    public static MemberPast Of(
        IEnumerable<PastEntry> before, PastEntry entry, MemberState state,
        IReadOnlyDictionary<string, Programme> programmes) => new([.. before], entry, state, programmes);

    /// <summary>The versions that an explanation of the last of the entries needs.</summary>
    /// <param name="brought">See <see cref="Brought"/>; null: nothing.</param>
    public static IEnumerable<string> VersionsOf(
        IReadOnlyList<PastEntry> entries, IEnumerable<PastEntry>? brought = null)
    {
        var versions = new HashSet<string>(StringComparer.Ordinal) { entries[^1].Version };
        foreach (var (store, receipt) in ReturnedBy(entries[^1]))
            if ((Find(entries, store, receipt) ?? Find(brought ?? [], store, receipt)) is { } purchase)
                versions.Add(purchase.Version);
        return versions;
    }

    /// <summary>Whether an entry returns a purchase.</summary>
    public static bool Returns(PastEntry entry) => ReturnedBy(entry).Any();

    /// <summary>Whether the last entry returns a purchase that is among none of the others but may be among
    /// these.</summary>
    public static bool IsBrought(IReadOnlyList<PastEntry> entries, IEnumerable<PastEntry> others) =>
        ReturnedBy(entries[^1]).Any(of =>
            Find(entries, of.Store, of.Receipt) is null && Find(others, of.Store, of.Receipt) is not null);

    /// <summary>What the journal held of a purchase when the entry was decided; null: nothing.</summary>
    internal PurchaseHistory? HistoryOf(Need.OfPurchase need)
    {
        var own = Find(Before, need.Store, need.Receipt);
        if ((own ?? Find(Brought, need.Store, need.Receipt)) is not { } purchase
            || !_programmes.TryGetValue(purchase.Version, out var programme))
            return null;
        var (state, since) = (MemberState.Empty, new List<EntryFacts>());
        foreach (var entry in own is null ? Brought : Before)
            if (since.Count == 0 && entry != purchase)
                state = MemberFold.Apply(state, entry.Facts, entry.Seq);
            else
                since.Add(entry.ToFacts());
        return PurchaseHistory.From(need.Store, need.Receipt, state, programme, since);
    }

    /// <summary>What there was of a purchase that the entry itself records, up to its return in the same
    /// entry; null: it records no such purchase.</summary>
    /// <param name="at">Where the return stands among the entry's facts.</param>
    internal PurchaseHistory? HistoryWithin(Fact.Returned returned, int at) => PurchaseHistory.From(
        returned.Store, returned.Receipt, State, Programme,
        [Entry.ToFacts() with { Facts = Entry.Facts[..at] }]);

    private static IEnumerable<(string Store, string Receipt)> ReturnedBy(PastEntry entry)
    {
        if (entry.Command is MemberCommand.RecordEvent { Event.Data: RefundData refund })
            yield return (refund.Store, refund.Receipt);
        foreach (var returned in entry.Facts.OfType<Fact.Returned>())
            yield return (returned.Store, returned.Receipt);
    }

    private static PastEntry? Find(IEnumerable<PastEntry> entries, string store, string receipt) =>
        entries.FirstOrDefault(entry => entry.Facts.Any(fact =>
            fact is Fact.Purchased bought && bought.Store == store && bought.Receipt == receipt));
}
