using System.Collections.Immutable;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Budgets;
using MallVip.Rules.Facts;

namespace MallVip.Grains.Budgets;

/// <summary>
/// What budgets gave to one decision. It is over once: settled with the entry that uses it, or given back.
/// </summary>
public sealed class BudgetDraw
{
    private readonly ImmutableArray<Part> _parts;
    private int _over;

    private BudgetDraw(ImmutableArray<Part> parts) => _parts = parts;

    /// <summary>In the order of the asks.</summary>
    public ImmutableArray<BudgetAnswer> Answers => [.. _parts.Select(part => part.Answer)];

    /// <summary>The first deadline of the leases; null: none has one.</summary>
    public DateTimeOffset? ValidUntil => _parts.Min(part => part.IsDrawn ? part.Lease!.Deadline : null);

    /// <summary>Answers that are only supposed.</summary>
    public static BudgetDraw Supposed(ImmutableArray<BudgetAnswer> answers) =>
        new([.. answers.Select(answer => new Part(null, null, answer))]);

    internal static BudgetDraw Of(
        IEnumerable<(BudgetAccount Account, HeldLease? Lease, BudgetAnswer Answer)> parts) =>
        new([.. parts.Select(part => new Part(part.Account, part.Lease, part.Answer))]);

    /// <summary>Nothing of it is used.</summary>
    public void GiveBack() => Settle([]);

    /// <summary>Follows the entry that uses it until it is durable, or is not.</summary>
    public async Task<MemberAnswer> SettleAsync(Task<MemberAnswer> durable, ImmutableArray<Fact> facts)
    {
        try
        {
            var answer = await durable;
            Settle(facts);
            return answer;
        }
        catch (AppendFailedException failure) when (failure.Reason != AppendFailure.OutcomeUnknown)
        {
            GiveBack();
            throw;
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    /// <param name="facts">What is committed: each ask that counted has left one fact, in order.</param>
    private void Settle(ImmutableArray<Fact> facts)
    {
        if (Interlocked.Exchange(ref _over, 1) != 0)
            return;
        using var uses = facts.OfType<Fact.BudgetUsed>().GetEnumerator();
        foreach (var part in _parts)
        {
            var used = uses.MoveNext() ? uses.Current.Amount.Value : 0;
            if (part.IsDrawn)
                part.Account!.Settle(part.Lease!, part.Answer.Granted.Value, used);
        }
    }

    private void Abandon()
    {
        if (Interlocked.Exchange(ref _over, 1) != 0)
            return;
        foreach (var part in _parts)
            if (part.IsDrawn)
                part.Account!.Abandon(part.Lease!, part.Answer.Granted.Value);
    }

    private readonly record struct Part(BudgetAccount? Account, HeldLease? Lease, BudgetAnswer Answer)
    {
        public bool IsDrawn => Account is not null && Lease is not null && Answer.Lease != 0;
    }
}
