using System.Collections.Immutable;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Backtesting;

/// <summary>An entry as one side of a back-test has it.</summary>
/// <param name="Before">The member's state before it.</param>
/// <param name="Programme">What decided it.</param>
/// <param name="Counts">It belongs to the time that is compared.</param>
public readonly record struct ReplayedEntry(
    long Seq, MemberCommand Command, ImmutableArray<Fact> Facts, MemberState Before, Programme Programme,
    bool Counts)
{
    internal EntryFacts ToFacts(int lotsFrom) => new EntryFacts(Seq, Command, Facts).WithLotsFrom(lotsFrom);

    internal bool Records(string store, string receipt)
    {
        foreach (var fact in Facts)
            if (fact is Fact.Purchased bought && bought.Store == store && bought.Receipt == receipt)
                return true;
        return false;
    }
}
