using System.Collections.Immutable;
using MallVip.Rules.Budgets;
using MallVip.Rules.Checking;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;

namespace MallVip.Rules.Deciding;

/// <summary>What a decider answers: nothing else can come out of it.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>To be recorded.</summary>
    /// <param name="Facts">In their order, due work included.</param>
    /// <param name="State">The state with all facts applied.</param>
    /// <param name="NextDue">The earliest instant at which that state has work; null: none.</param>
    public sealed record Accepted(
        ImmutableArray<Fact> Facts, MemberState State, DateTimeOffset? NextDue) : Decision;

    /// <summary>Nothing to record: a timer that is stale, a tag that is already there.</summary>
    public sealed record Unchanged : Decision
    {
        public static Unchanged Instance { get; } = new();
    }

    public sealed record Rejected(Rejection Rejection) : Decision;

    /// <summary>
    /// Cannot be decided without something from outside the member: fetch it and decide anew.
    /// </summary>
    public sealed record Needs(Need Need) : Decision;
}

/// <summary>Something outside the member's state.</summary>
public abstract record Need
{
    private Need()
    {
    }

    /// <summary>A purchase of this member, by store and receipt, from the member's own journal.</summary>
    public sealed record OfPurchase(string Store, string Receipt) : Need;

    /// <summary>All that the decision asks of budgets, in the order of its rules.</summary>
    public sealed record OfBudgets(ImmutableArray<BudgetAsk> Asks) : Need;
}

/// <summary>Why a command was refused.</summary>
/// <param name="Kind">One of the ordered list <see cref="RejectionKind"/>; the first that applies is
/// answered.</param>
/// <param name="Field">The offending field, by its path in the request; null: none in particular.</param>
/// <param name="Detail">One sentence with the values at hand, never personal data.</param>
public sealed record Rejection(RejectionKind Kind, string? Field, Sentence Detail);
