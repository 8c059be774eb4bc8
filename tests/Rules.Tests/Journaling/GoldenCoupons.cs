using MallVip.Rules.Journaling;

namespace MallVip.Rules.Tests.Journaling;

/// <summary>What version 7 added for coupons.</summary>
internal static class GoldenCoupons
{
    public static IEnumerable<(string Name, EntryBody Body)> Seventh =>
    [
    ];
}
