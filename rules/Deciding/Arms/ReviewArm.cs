using MallVip.Rules.Budgets;
using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Reviews;
using MallVip.Rules.Tiers;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>An operator says what becomes of points under review: once, and not of what is the operator's
/// own. Those of a member who has left can be taken back, and are not paid out.</summary>
internal static class ReviewArm
{
    /// <summary>The attribute of members who work here: the name of the key that they work with.</summary>
    public const string OperatorAttribute = "operator";

    public static Decision? Decide(DecisionDraft draft, MemberCommand.EndReview command)
    {
        if (draft.State.Reviews?.Find(command.Review) is not { } review)
            return Missing(draft.State, command);
        if (IsOwn(draft, review))
            return Refusal.Of(
                RejectionKind.OwnReview, "review", $"Review {review.Id} is of {draft.Context.Actor}'s own.");
        var standing = Standing.Of(draft.State);
        if (command.How == ReviewEnd.Released && !standing.Corrects)
            return Refusal.Of(
                RejectionKind.MemberBlocked, null,
                $"The member is {standing.Word}: its reviews can only be rejected.");
        var (first, before) = (draft.Facts.Count, draft.State);
        draft.Add(new Fact.ReviewEnded(
            review.Id, command.How, command.Reason, Operators.Named(draft.Context.Actor), review.Store,
            review.Receipt));
        foreach (var line in review.Lines)
            if (LotBook.Find(draft.State.Lots, line.Lot) is { } lot)
                End(draft, command.How, review, line, lot);
        var scope = EventScope.OfMember(
            draft.Programme, draft.State, "review.ended", $"review:{review.Id}", draft.Now);
        if (command.How == ReviewEnd.Released)
            TierLadder.Climb(draft, scope, "event");
        else
            TierLadder.Return(draft, before);
        Chain.Follow(draft, scope, before, first);
        return null;
    }

    /// <summary>Recorded for its rules; the receipt stays the other one's.</summary>
    public static Decision? Decide(DecisionDraft draft, MemberCommand.NoteContest command)
    {
        var before = draft.State;
        draft.Add(new Fact.ReceiptContested(command.Store, command.Receipt));
        var scope = EventScope.OfStore(
            draft.Programme, command.Store, $"contest:{command.Store}:{command.Receipt}", draft.Now);
        RuleRun.Of(
            draft, scope.Following(EventTypes.ReceiptContested, new() { Receipt = command.Receipt }), before);
        return null;
    }

    /// <summary>Who confirms a receipt under review says nothing about the review.</summary>
    /// <returns>False: it has been said, or no points of it wait for that.</returns>
    public static bool Confirm(DecisionDraft draft, string store, string receipt)
    {
        foreach (var review in draft.State.Reviews?.Open ?? [])
            if (review.Store == store && review.Receipt == receipt
                && review.Lines.Any(line => line.Unconfirmed))
            {
                draft.Add(new Fact.ReviewConfirmed(review.Id));
                return true;
            }

        return false;
    }

    private static Decision? Missing(MemberState state, MemberCommand.EndReview command) =>
        state.Reviews?.EndOf(command.Review) switch
        {
            null => Refusal.Of(
                RejectionKind.UnknownReview, "review", $"No review {command.Review} is open."),
            { } how when how == command.How => null,
            { } other => Refusal.Of(
                RejectionKind.ReviewEnded, "review",
                other == ReviewEnd.Released
                    ? $"Review {command.Review} was released."
                    : $"Review {command.Review} was rejected."),
        };

    /// <summary>Whether the operator sent the event, sold the goods, or is the member.</summary>
    private static bool IsOwn(DecisionDraft draft, Review review) =>
        Operators.Named(draft.Context.Actor) is { } actor
        && (actor == review.By || actor == review.Cashier
            || (draft.State.Attributes.TryGetValue(OperatorAttribute, out var works)
                && FieldText.Of(works) == actor));

    private static void End(
        DecisionDraft draft, ReviewEnd how, Review review, HeldLine line, in Lot lot)
    {
        if (how == ReviewEnd.Rejected)
            TakeBack(draft, review, line, lot);
        else if (line is { ActivatesAt: null, Unconfirmed: false })
            Earning.Activate(draft, lot.Number);
    }

    private static void TakeBack(DecisionDraft draft, Review review, HeldLine line, in Lot lot)
    {
        draft.Add(new Fact.Reversed(
            line.Wallet, line.Lot, lot.Remaining, lot.Remaining, [new(line.Lot, lot.Remaining)], default,
            default, default, line.Why, line.Funding, line.Day));
        GiveBackLimits(draft, review, line);
        if (line.Why is not { Rule: var rule }
            || draft.Programme.FindRule(rule)?.Budget is not { OnReturn: BudgetReturn.GiveBack } budget)
            return;
        foreach (var drawn in review.Budgets)
            if (drawn.Rule == rule)
            {
                var ask = new BudgetAsk(new(rule, drawn.Window), -lot.Remaining, budget.Total, false);
                BudgetAsking.Record(draft, draft.Budgets.Ask(ask), -lot.Remaining);
                return;
            }
    }

    private static void GiveBackLimits(DecisionDraft draft, Review review, HeldLine line)
    {
        var capKey = draft.Programme.FindWallet(line.Wallet)?.CapKey;
        foreach (var used in review.Limits)
            if (used.Key == line.Why?.Rule || used.Key == capKey)
                draft.Add(new Fact.LimitUsed(
                    used.Key, used.Window, used.Ends, used.Key == capKey ? 0 : -1, -line.Amount));
    }
}
