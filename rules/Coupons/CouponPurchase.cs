using System.Collections.Immutable;
using MallVip.Rules.Deciding;
using MallVip.Rules.Deciding.Arms;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Coupons;

/// <summary>
/// Coupons that a purchase brings. The till has taken them, so that what cannot be redeemed does not refuse
/// the purchase: a warning and an alert say so.
/// </summary>
internal static class CouponPurchase
{
    /// <summary>The alert's name.</summary>
    public const string Alert = "coupon-not-redeemed";

    public static void Redeem(
        DecisionDraft draft, EventScope scope, PurchaseData purchase, Store store, Standing standing)
    {
        var basket = new CouponBasket(store, scope.Local, purchase.Paid, purchase.Lines, IsPaid: true);
        for (var i = 0; i < purchase.Redeems.Length; i++)
            if (!standing.Spends)
                Fail(draft, purchase, i, $"The member is {standing.Word}.");
            else if (!IsOn(draft.State, purchase, i)
                && Refuse(draft, basket, purchase, i) is { } refusal)
                Fail(draft, purchase, i, refusal.Detail!);
    }

    /// <summary>What multipliers that were redeemed with a purchase add to what it earned.</summary>
    /// <param name="begin">The purchase's first fact.</param>
    public static void Multiply(DecisionDraft draft, EventScope scope, PurchaseData purchase, int begin)
    {
        foreach (var coupon in draft.State.Coupons!.Coupons)
            foreach (var use in coupon.Marks?.Uses ?? [])
                if (use.Is(purchase.Store, purchase.Receipt)
                    && draft.Programme.Coupons.GetValueOrDefault(coupon.Template) is
                    { Value: CouponValue.Multiplier more } template
                    && draft.Programme.FindWallet(more.Wallet) is { } wallet)
                    Multiply(draft, scope, begin, template, wallet, more.By);
    }

    private static void Multiply(
        DecisionDraft draft, EventScope scope, int begin, CouponTemplate template, Wallet wallet, decimal by)
    {
        var earned = 0L;
        for (var i = begin; i < draft.Facts.Count; i++)
            if (draft.Facts[i] is Fact.Earned line && line.Wallet == wallet.Id && !IsOfCoupon(line))
                earned += line.Amount.Value;
        var funding = template.Funding == Funding.ByMall ? null : template.Funding;
        Earning.AddBonus(
            draft, scope, wallet, Rounding.Floor.ToPoints((by - 1) * earned), template.Ref, funding);
    }

    private static bool IsOfCoupon(Fact.Earned line) =>
        line.Why?.Rule.StartsWith("coupon:", StringComparison.Ordinal) == true;

    /// <summary>Whether a till has redeemed it with this very receipt before.</summary>
    private static bool IsOn(MemberState state, PurchaseData purchase, int at)
    {
        foreach (var use in state.Coupons?.Find(purchase.Redeems[at])?.Marks?.Uses ?? [])
            if (use.Is(purchase.Store, purchase.Receipt))
                return true;
        return false;
    }

    /// <returns>Null: it is redeemed.</returns>
    private static Rejection? Refuse(DecisionDraft draft, CouponBasket basket, PurchaseData purchase, int at)
    {
        if (CouponChecks.Find(draft.State, purchase.Redeems[at], draft.Now, out var coupon) is { } unknown)
            return unknown;
        if (CouponArm.Refuse(
            draft.State, draft.Programme, coupon, basket, purchase.Receipt, draft.Now, out var template)
            is { } refusal)
            return refusal;
        CouponDesk.Redeem(draft, coupon, template!, basket, purchase.Receipt);
        return null;
    }

    private static void Fail(DecisionDraft draft, PurchaseData purchase, int at, string why)
    {
        draft.Warn(WarningCodes.CouponFailed, $"{CodeOf(purchase, at)}: {why}");
        var data = ImmutableSortedDictionary<string, FieldValue>.Empty
            .Add("receipt", new FieldValue.Text(purchase.Receipt))
            .Add("store", new FieldValue.Text(purchase.Store));
        draft.Add(new Fact.Effect(EffectKind.Alert, Alert, data, null));
    }

    private static string CodeOf(PurchaseData purchase, int at) =>
        purchase.Redeems[at] > 0 ? $"Coupon {purchase.Redeems[at]}" : "A code";
}
