using System.Collections.Immutable;
using MallVip.Rules.Events;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Coupons;

/// <summary>What a coupon is held against: a receipt that is about to come, or one that has come.</summary>
/// <param name="Local">The mall's clock.</param>
/// <param name="Paid">The sum of the receipt.</param>
/// <param name="Lines">Empty: only the sum is known.</param>
/// <param name="IsPaid">The coupons have been taken off already; a discount is a line below 0 or shared among
/// the lines.</param>
public sealed record CouponBasket(
    Store Store, DateTime Local, Money Paid, ImmutableArray<PurchaseLine> Lines, bool IsPaid)
{
    /// <summary>What the lines in a template's scope add up to, before coupons; null: none is in
    /// it.</summary>
    public Money? SumOf(CouponTemplate template)
    {
        if (ScopedOf(template.Scope) is not { } sum)
            return null;
        var isReduced = IsPaid;
        foreach (var line in Lines)
            isReduced &= line.Paid >= Money.Zero;
        return isReduced ? template.Value.Before(sum, template.From) : sum;
    }

    private Money? ScopedOf(CouponScope scope)
    {
        if (Lines.IsEmpty)
            return scope.Brands.IsEmpty && IsIn(scope.Categories, Store.Category) ? Paid : null;
        Money? sum = null;
        foreach (var line in Lines)
            if (line.Paid >= Money.Zero && IsIn(scope.Brands, line.Brand)
                && IsIn(scope.Categories, line.Category ?? Store.Category))
                sum = (sum ?? Money.Zero) + line.Paid;
        return sum;
    }

    private static bool IsIn(ImmutableArray<string> named, string? one) =>
        named.IsEmpty || (one is not null && named.Contains(one));
}
