using MallVip.Grains.Desk;
using MallVip.Rules.Members;
using MallVip.System.Tests.Import;
using Xunit.Abstractions;

namespace MallVip.System.Tests.RealData;

/// <summary>
/// One year of a supermarket chain through the engine, against a second calculation over the same CSV.
/// </summary>
public sealed class SupermarketTests(ITestOutputHelper output)
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [DataFact]
    public async Task Every_basket_is_accepted_once_and_the_second_time_a_duplicate()
    {
        var year = await SupermarketYear.Instance;

        foreach (var time in year.Times)
            output.WriteLine(time);
        Assert.All([year.Import, year.Http], run =>
        {
            Assert.Equal(new(47_243, 0, 0), run.First);
            Assert.Equal(new(0, 47_243, 0), run.Second);
            Assert.Equal(run.EndOfFirst, run.EndOfSecond);
        });
    }

    [DataFact]
    public async Task Points_tiers_and_totals_of_every_household_are_those_of_a_second_calculation()
    {
        var year = await SupermarketYear.Instance;
        var expected = HouseholdBook.Close(SupermarketYear.Baskets);

        var actual = year.Import.Members.ToDictionary(Household, End);
        Assert.Equal(2_377, actual.Count);
        Assert.Equal(expected.OrderBy(pair => pair.Key), actual.OrderBy(pair => pair.Key));
        Assert.Equal(233_935.24m, decimal.Round(actual.Values.Sum(end => end.Spent), 2));
        Assert.Equal(3, actual.Values.Select(end => end.Tier).Distinct().Count());
        output.WriteLine(
            $"{actual.Values.Sum(end => end.Earned)} points earned, {actual.Values.Sum(end => end.Expired)} expired, "
            + $"{actual.Values.Sum(end => end.Growth)} growth; "
            + string.Join(", ", actual.Values.CountBy(end => end.Tier ?? "none").OrderBy(tier => tier.Key)));
    }

    [DataFact]
    public async Task The_second_calculation_meets_every_rule_of_the_programme()
    {
        await Task.CompletedTask;
        var ends = HouseholdBook.Close(SupermarketYear.Baskets).Values;

        Assert.Contains(ends, end => end.Expired > 0);
        Assert.Contains(ends, end => end is { Tier: "basic", Spent: > 150 });
        Assert.Contains(ends, end => end is { Tier: "gold", Spent: < 100 });
        Assert.Contains(ends, end => end.Spent != decimal.Round(end.Spent, 2));
    }

    [DataFact]
    public async Task Import_and_HTTP_lead_to_the_same_states()
    {
        var year = await SupermarketYear.Instance;

        Assert.Equal(
            year.Import.Members.Select(member => DataFolder.Text(member.Snapshot.State)),
            year.Http.Members.Select(member => DataFolder.Text(member.Snapshot.State)));
        Assert.Equal(
            year.Import.Members.SelectMany(member => member.Identities),
            year.Http.Members.SelectMany(member => member.Identities));
    }

    [DataFact]
    public async Task The_audit_of_both_journals_is_clean()
    {
        var year = await SupermarketYear.Instance;

        Assert.All([year.Import, year.Http], run =>
        {
            Assert.True(run.Audit.IsClean, string.Join('\n', run.Audit.LedgerProblems));
            Assert.Equal(2_377, run.Audit.Members);
        });
    }

    /// <summary>The map makes the household into a phone number.</summary>
    private static string Household(MemberView member) =>
        member.Identities.Single()["phone:+1555".Length..].TrimStart('0');

    private static HouseholdEnd End(MemberView member)
    {
        var state = member.Snapshot.State;
        var points = state.FindWallet("points") ?? new WalletState("points");
        return new(
            points.Earned.Value,
            points.Expired.Value,
            state.Available("points").Value,
            state.Available("growth").Value,
            state.Tier?.Tier,
            state.Tier?.Until is { } until ? LastDay(until) : null,
            state.Events,
            state.Days.Spent(DateOnly.MinValue, DateOnly.MaxValue));
    }

    private static DateOnly LastDay(DateTimeOffset end)
    {
        var local = TimeZoneInfo.ConvertTime(end, NewYork);
        Assert.Equal(TimeSpan.Zero, local.TimeOfDay);
        return DateOnly.FromDateTime(local.Date).AddDays(-1);
    }
}
