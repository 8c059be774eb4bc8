using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Returns;

namespace MallVip.Rules.Coupons;

/// <summary>
/// What a return does with the coupons of its purchase: nothing, as long as what is left is enough for them.
/// When all is back, or what is left falls below a coupon's threshold or out of its scope, the template's
/// <c>on-return</c> decides; in the second case a warning says what the coupon had taken off, which the store
/// keeps back from what it pays.
/// </summary>
internal static class CouponReturns
{
    /// <param name="basket">What is left after this return.</param>
    public static void Settle(DecisionDraft draft, PurchaseHistory history, RemainingBasket basket)
    {
        var (store, receipt) = (history.Purchase.Store, history.Purchase.Receipt);
        foreach (var coupon in draft.State.Coupons?.Coupons ?? [])
            foreach (var use in coupon.Marks?.Uses ?? [])
                if (use.Is(store, receipt))
                    Settle(draft, history, basket, coupon, use, isGone: false);
        foreach (var forgotten in history.Facts.OfType<Fact.CouponRedeemed>())
            if (!Knows(draft, forgotten) && !CameBack(history, forgotten))
                Settle(
                    draft, history, basket,
                    new(forgotten.Number, forgotten.Template, draft.Now, draft.Now, 0),
                    new(forgotten.Store, forgotten.Receipt, forgotten.Off), isGone: true);
    }

    private static void Settle(
        DecisionDraft draft, PurchaseHistory history, RemainingBasket basket, in Coupon coupon, CouponUse use,
        bool isGone)
    {
        if (draft.Programme.Coupons.GetValueOrDefault(coupon.Template) is not { } template
            || draft.Programme.Stores.GetValueOrDefault(use.Store) is not { } store)
            return;
        var before = new RemainingBasket(history.Purchase, history.Returns);
        var isLost = !basket.IsEmpty && !IsEnough(template, store, basket)
            && IsEnough(template, store, before);
        if (!basket.IsEmpty && !isLost)
            return;
        CouponDesk.Return(draft, coupon, use, store.Mall.Id, template.OnReturn, isGone);
        if (isLost)
            draft.Warn(
                WarningCodes.CouponUndone,
                $"Coupon {coupon.Number} of {template.Id} had taken off {use.Off}.");
    }

    private static bool IsEnough(CouponTemplate template, Programmes.Store store, RemainingBasket basket)
    {
        var left = basket.ToPurchase();
        return new CouponBasket(store, default, left.Paid, left.Lines, IsPaid: true).SumOf(template)
            is { } sum && sum >= template.From;
    }

    private static bool Knows(DecisionDraft draft, Fact.CouponRedeemed fact)
    {
        foreach (var coupon in draft.State.Coupons?.Coupons ?? [])
            foreach (var use in coupon.Marks?.Uses ?? [])
                if (coupon.Template == fact.Template && use.Is(fact.Store, fact.Receipt))
                    return true;
        return draft.Facts.OfType<Fact.CouponReturned>().Any(
            back => back.Template == fact.Template && back.Receipt == fact.Receipt);
    }

    private static bool CameBack(PurchaseHistory history, Fact.CouponRedeemed fact) =>
        history.Since.Any(facts => facts.OfType<Fact.CouponReturned>().Any(back =>
            back.Template == fact.Template && back.Store == fact.Store && back.Receipt == fact.Receipt));
}
