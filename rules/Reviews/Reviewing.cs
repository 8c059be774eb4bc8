using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;

namespace MallVip.Rules.Reviews;

/// <summary>Puts what an event has earned under review, once all rules have acted on it.</summary>
internal static class Reviewing
{
    /// <summary>The alert's name.</summary>
    public const string Alert = "review";

    private const int NameBytes = 6;

    /// <summary>Does nothing unless a guard has acted. Else each line that was earned goes into a lot of its
    /// own, which waits.</summary>
    /// <param name="first">Where the event's facts begin in the draft.</param>
    /// <param name="before">The member as of before them.</param>
    public static void Conclude(DecisionDraft draft, EventScope scope, int first, MemberState before)
    {
        if (draft.Programme.HasGuards && HasFlag(draft, first))
            Open(draft, scope, first, before);
    }

    private static void Open(DecisionDraft draft, EventScope scope, int first, MemberState before)
    {
        var (causes, lines) = (new List<ReviewCause>(), ImmutableArray.CreateBuilder<HeldLine>());
        var (limits, budgets) = (new List<UsedLimit>(), new List<UsedBudget>());
        draft.Rewrite(first, before, (state, fact) =>
        {
            if (fact is Fact.Flagged flag && causes.TrueForAll(cause => cause.Rule != flag.Why))
                causes.Add(new(flag.Why, flag.Reason));
            else if (fact is Fact.LimitUsed used)
                AddOnce(limits, new(used.Key, used.Window, used.Ends));
            else if (fact is Fact.BudgetUsed drawn)
                AddOnce(budgets, new(drawn.Rule, drawn.Window));
            else if (fact is Fact.Earned earned)
                return Held(state, earned, lines);
            return fact;
        });
        var review = new Review(
            NameOf(draft.State, scope.Event), [.. causes], draft.Now, scope.Event.Type, scope.Event.Source,
            scope.Event.Id, Operators.Named(draft.Context.Actor), lines.DrainToImmutable())
        {
            Limits = [.. limits],
            Budgets = [.. budgets],
        };
        draft.Add(new Fact.ReviewOpened(OfReceipt(review, scope)));
        var data = ImmutableSortedDictionary<string, FieldValue>.Empty
            .Add("review", new FieldValue.Text(review.Id));
        draft.Add(new Fact.Effect(EffectKind.Alert, Alert, data, null));
    }

    private static bool HasFlag(DecisionDraft draft, int first)
    {
        for (var i = first; i < draft.Facts.Count; i++)
            if (draft.Facts[i] is Fact.Flagged)
                return true;
        return false;
    }

    private static void AddOnce<T>(List<T> items, T item)
    {
        if (!items.Contains(item))
            items.Add(item);
    }

    private static Fact.Earned Held(
        MemberState state, Fact.Earned earned, ImmutableArray<HeldLine>.Builder lines)
    {
        lines.Add(new(
            state.NextLot, earned.Wallet, earned.Amount, earned.ActivatesAt, earned.Unconfirmed, earned.Why,
            earned.Funding, earned.Day));
        return earned with
        {
            Lot = state.NextLot,
            Settled = default,
            ActivatesAt = null,
            Unconfirmed = true,
        };
    }

    private static Review OfReceipt(Review review, EventScope scope) => scope.Event.Data switch
    {
        PurchaseData bought => review with
        {
            Store = bought.Store,
            Receipt = bought.Receipt,
            Cashier = bought.Cashier,
        },
        RefundData back => review with { Store = back.Store, Receipt = back.Receipt },
        _ when scope.Trigger.Receipt.Length > 0 => review with
        {
            Store = scope.Store?.Id,
            Receipt = scope.Trigger.Receipt,
        },
        _ => review,
    };

    /// <summary>The same for the same event wherever it is decided again; of several reviews of one event the
    /// later ones say so.</summary>
    private static string NameOf(MemberState state, MallEvent happened)
    {
        var text = $"{state.Id}\n{happened.Source}\n{happened.Id}";
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, NameBytes);
        var (free, more) = (name, 1);
        while (state.Reviews is { } book && (book.Find(free) is not null || book.EndOf(free) is not null))
            free = string.Create(CultureInfo.InvariantCulture, $"{name}-{++more}");
        return free;
    }
}
