using System.Collections.Immutable;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Deciding;

/// <summary>
/// What the member's journal says of one purchase: the event, the lines it earned, what has been returned
/// since and all that may have moved its lots. Folded from the entries from the purchase on, the uncommitted
/// ones included.
/// </summary>
/// <param name="Event">The purchase.</param>
/// <param name="Entry">Its journal entry: the one with the <see cref="Fact.Purchased"/> fact.</param>
/// <param name="Before">The member's state before it, for <c>re-evaluate</c>.</param>
/// <param name="Programme">The version that decided it.</param>
/// <param name="Facts">What it caused.</param>
/// <param name="Returns">Earlier returns of it, in order.</param>
/// <param name="Reversals">What earlier returns of it took back.</param>
/// <param name="Since">The facts of all entries after it, and those after it in its own.</param>
public sealed record PurchaseHistory(
    MallEvent Event,
    long Entry,
    MemberState Before,
    Programme Programme,
    ImmutableArray<Fact> Facts,
    ImmutableArray<Fact.Returned> Returns,
    ImmutableArray<Fact.Reversed> Reversals,
    ImmutableArray<ImmutableArray<Fact>> Since)
{
    /// <summary>What earlier returns of it gave back of the points that it used.</summary>
    public Points UsedBack { get; private init; }

    /// <summary>How many facts of the decision at hand it holds already: 0 unless the purchase is decided in
    /// this very entry.</summary>
    internal int Drafted { get; private init; }

    /// <summary>What was bought.</summary>
    public PurchaseData Purchase => (PurchaseData)Event.Data;

    /// <summary>Whether this is the purchase of that store and receipt.</summary>
    public bool Is(string store, string receipt) => Purchase.Store == store && Purchase.Receipt == receipt;

    /// <summary>Reads the history of a purchase.</summary>
    /// <param name="before">The state before the first of the <paramref name="entries"/>.</param>
    /// <param name="programme">The version that decided the first of the entries.</param>
    /// <param name="entries">The entry with the purchase and all after it, in order.</param>
    /// <returns>Null when the first entry holds no such purchase.</returns>
    public static PurchaseHistory? From(
        string store, string receipt, MemberState before, Programme programme,
        IEnumerable<EntryFacts> entries)
    {
        PurchaseHistory? history = null;
        foreach (var entry in entries)
        {
            history = history?.Follow(entry.Facts) ?? Begin(store, receipt, before, programme, entry);
            if (history is null)
                return null;
        }

        return history;
    }

    /// <summary>The history of a purchase that the decision at hand has just recorded.</summary>
    /// <param name="begin">Its first fact in the draft.</param>
    internal static PurchaseHistory InDraft(
        DecisionDraft draft, int begin, MallEvent happened, MemberState before)
    {
        var entry = new EntryFacts(draft.Context.Entry, null, [.. draft.Facts]);
        return BeginAt(entry, begin, happened, before, draft.Programme) with { Drafted = entry.Facts.Length };
    }

    private static PurchaseHistory? Begin(
        string store, string receipt, MemberState state, Programme programme, in EntryFacts entry)
    {
        var (happened, before, begin) = (default(MallEvent), state, 0);
        for (var i = 0; i < entry.Facts.Length; i++)
        {
            if (Accepted(entry, i, state) is { } accepted)
                (happened, before, begin) = (accepted, state, i);
            if (entry.Facts[i] is Fact.Purchased bought && bought.Store == store && bought.Receipt == receipt)
                return BeginAt(entry, begin, happened!, before, programme);
            state = MemberFold.Apply(state, entry.Facts[i], entry.Seq);
        }

        return null;
    }

    private static PurchaseHistory BeginAt(
        in EntryFacts entry, int begin, MallEvent happened, MemberState before, Programme programme)
    {
        var caused = Caused(entry.Facts, begin);
        var history = new PurchaseHistory(happened, entry.Seq, before, programme, caused, [], [], []);
        return history.Follow(entry.Facts[(begin + caused.Length)..]);
    }

    /// <summary>The event whose consequences begin with this fact; null: the fact begins none.</summary>
    private static MallEvent? Accepted(in EntryFacts entry, int at, MemberState state) =>
        entry.Facts[at] switch
        {
            Fact.EventCounted => (entry.Command as Commands.MemberCommand.RecordEvent)?.Event,
            Fact.EventSettled settled => state.Parked.First(parked => parked.Entry == settled.Entry).Event,
            _ => null,
        };

    private static ImmutableArray<Fact> Caused(ImmutableArray<Fact> facts, int begin)
    {
        var end = begin + 1;
        while (end < facts.Length && facts[end] is not (Fact.EventSettled or Fact.Fired))
            end++;
        return facts[begin..end];
    }

    /// <summary>A reversal, and points that come back, belong to the return or the end of a review before
    /// them.</summary>
    private PurchaseHistory Follow(ImmutableArray<Fact> facts)
    {
        var (returns, reversals, usedBack, mine) = (Returns, Reversals, UsedBack, false);
        foreach (var fact in facts)
        {
            if (fact is Fact.Returned returned)
            {
                mine = Is(returned.Store, returned.Receipt);
                returns = mine ? returns.Add(returned) : returns;
            }
            else if (fact is Fact.ReviewEnded ended)
            {
                mine = ended is { Store: { } store, Receipt: { } receipt } && Is(store, receipt);
            }
            else if (mine && fact is Fact.Reversed reversed)
            {
                reversals = reversals.Add(reversed);
            }
            else if (mine && fact is Fact.Adjusted back)
            {
                usedBack += back.Amount;
            }
        }

        return this with
        {
            Returns = returns,
            Reversals = reversals,
            UsedBack = usedBack,
            Since = Since.Add(facts),
        };
    }
}
