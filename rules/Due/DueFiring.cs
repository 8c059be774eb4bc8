using MallVip.Rules.Catalogue;
using MallVip.Rules.Coupons;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Programmes;
using MallVip.Rules.Returns;
using MallVip.Rules.Tiers;

namespace MallVip.Rules.Due;

/// <summary>Fires what is due up to the clock of a decision, in order.</summary>
internal static class DueFiring
{
    /// <returns>When the next work is due; null: none.</returns>
    public static DateTimeOffset? Fire(DecisionDraft draft)
    {
        if (draft.Facts.Count == 0 && draft.Context.QuietUntil > draft.Now)
            return draft.Context.QuietUntil;
        while (true)
        {
            var item = DueQueue.First(draft.State, draft.Programme);
            if (item is not { } due || due.At > draft.Now)
                return DueQueue.WithSagas(draft.State, item?.At);
            Fire(draft, due);
        }
    }

    private static void Fire(DecisionDraft draft, in DueItem item)
    {
        switch (item.Kind)
        {
            case DueKind.Order:
                OrderDesk.Expire(draft, draft.State.Orders[item.Number]);
                break;
            case DueKind.Hold:
                draft.Add(Holding.End(draft.State.OpenHolds[item.Number], "ended"));
                break;
            case DueKind.Activate:
                Earning.Activate(draft, item.Number);
                break;
            case DueKind.Expire:
                var lot = LotBook.Get(draft.State.Lots, item.Number);
                draft.Add(new Fact.Expired(
                    lot.Number, lot.Wallet, Spending.Lapsing(draft.State, lot), null, lot.IsPending));
                break;
            case DueKind.Tier:
                TierEnds(draft, item.At);
                break;
            case DueKind.Tag:
                draft.Add(new Fact.TagRemoved(draft.State.Tags[item.Number].Tag, "ended", null));
                break;
            case DueKind.CouponHold:
                CouponDesk.Free(draft, item.Number);
                break;
            case DueKind.Coupon:
                CouponDesk.Expire(draft, item.Number);
                break;
            case DueKind.Birthday:
                Birthday(draft, item.At);
                break;
            case DueKind.Timed:
                Timed(draft, draft.Programme.Timed[item.Number], item.At);
                break;
            case DueKind.Refund:
                WaitingRefunds.GiveUp(draft, draft.State.Parked[item.Number]);
                break;
            default:
                throw new InvalidOperationException($"Unknown due work {item.Kind}.");
        }
    }

    private static void TierEnds(DecisionDraft draft, DateTimeOffset at)
    {
        var (first, before) = (draft.Facts.Count, draft.State);
        TierLadder.End(draft, at);
        var scope = EventScope.OfMember(draft.Programme, before, EventTypes.TierChanged, $"tier:{at:O}", at);
        Chain.Follow(draft, scope, before, first);
    }

    private static void Birthday(DecisionDraft draft, DateTimeOffset at)
    {
        var before = draft.State;
        var scope = EventScope.OfMember(
            draft.Programme, before, EventTypes.MemberBirthday, $"birthday:{at:O}", at);
        draft.Add(new Fact.Fired(at));
        RuleRun.Of(draft, scope, before);
    }

    private static void Timed(DecisionDraft draft, TimedEvent timed, DateTimeOffset at)
    {
        var found = draft.State;
        draft.Add(new Fact.Fired(at, timed.Type));
        foreach (var trigger in TimedEvents.At(found, timed, at))
        {
            var before = draft.State;
            var scope = EventScope.OfMember(draft.Programme, before, timed.Type, $"{timed.Type}:{at:O}", at);
            RuleRun.Of(draft, scope.Following(timed.Type, trigger), before);
        }
    }
}
