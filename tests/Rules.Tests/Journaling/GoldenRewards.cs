using MallVip.Rules.Journaling;

namespace MallVip.Rules.Tests.Journaling;

/// <summary>What version 7 added for rewards.</summary>
internal static class GoldenRewards
{
    public static IEnumerable<(string Name, EntryBody Body)> Seventh =>
    [
    ];
}
