using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;

namespace MallVip.Rules.Tests.Journaling;

/// <summary>What version 6 added for lists that give tiers, every member set.</summary>
internal static class GoldenLists
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(8));

    private static readonly MemberCommand.GrantTier Given =
        new("gold", At.AddYears(1), "outage") { OnlyBetter = true };

    public static IEnumerable<(string Name, EntryBody Body)> Sixth =>
    [
        ("tier-over", Of(Given, new Fact.TierChanged("gold", "gold", At, At.AddYears(1), "hand")
        {
            Grant = new(null, "outage", new("gold", At, At.AddDays(30)) { Grant = new(null, "wedding") }),
        })),
        ("tier-undone", Of(
            new MemberCommand.EndTierGrant("a mistake") { Only = Given },
            new Fact.TierChanged("gold", "gold", At, At.AddDays(30), "hand")
            {
                Grant = new(null, "wedding"),
            })),
    ];

    private static EntryBody Of(MemberCommand command, Fact fact) => new(6, command, [fact], new([], "gold"));
}
