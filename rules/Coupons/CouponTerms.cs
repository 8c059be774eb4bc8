using System.Collections.Immutable;
using System.Globalization;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Coupons;

/// <summary>What of a template must not change while members may hold its coupons.</summary>
internal static class CouponTerms
{
    /// <summary>Two templates with the same text promise the same. Name, stock, claims and the
    /// validity of later grants are no part of it.</summary>
    public static string TextOf(CouponTemplate template)
    {
        var scope = template.Scope;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{template.Value}|{template.From}|{template.Uses}|{template.PerMember}|{template.Stack}|"
            + $"{template.Alone}|{template.Funding}|{template.OnReturn}|{Text(scope.Malls)}|"
            + $"{Text(scope.Stores)}|{Text(scope.Categories)}|{Text(scope.Brands)}|{Text(scope.Tiers)}|"
            + $"{TextOf(scope.Active)}");
    }

    private static string TextOf(ActiveWindow? active) => active is null
        ? ""
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(',', active.Days)} {active.Start:HH:mm} {active.End:HH:mm} "
            + $"{Text([.. active.Calendars.Select(one => one.Id)])} "
            + $"{Text([.. active.Except.Select(one => one.Id)])}");

    private static string Text(ImmutableArray<string> names) =>
        string.Join(',', names.Order(StringComparer.Ordinal));
}
