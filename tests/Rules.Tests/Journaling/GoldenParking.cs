using MallVip.Rules.Journaling;

namespace MallVip.Rules.Tests.Journaling;

/// <summary>What version 7 added for parking.</summary>
internal static class GoldenParking
{
    public static IEnumerable<(string Name, EntryBody Body)> Seventh =>
    [
    ];
}
