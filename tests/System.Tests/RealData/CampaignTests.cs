using MallVip.Rules.Facts;
using MallVip.System.Tests.Import;
using Xunit.Abstractions;

namespace MallVip.System.Tests.RealData;

/// <summary>A year of campaigns with their coupons through the engine, against a count of the CSV files.
/// </summary>
public sealed class CampaignTests(ITestOutputHelper output)
{
    private static readonly Lazy<Task<CampaignYear>> Year = new(CampaignYear.RunAsync);

    [DataFact]
    public async Task Every_send_grants_all_coupons_of_its_campaign()
    {
        var year = await Year.Value;
        var expected =
            from send in Campaigns.Sends
            let campaign = Campaigns.All[send.Campaign]
            from coupon in campaign.Coupons
            select (send.Household, CampaignProgramme.TemplateOf(campaign.Id, coupon));
        var granted =
            from household in year.Facts
            from grant in household.OfType<Fact.CouponGranted>()
            select (household.Key, grant.Template);

        var grants = granted.ToArray();
        Assert.Equal(6_589, Campaigns.Sends.Count);
        Assert.Equal(expected.Order(), grants.Order());
        Assert.Equal(800_199, grants.Length);
        Assert.Empty(year.Odd);
        Assert.True(year.Audit.IsClean);
        output.WriteLine($"{grants.Length} coupons granted to {year.Facts.Count} households.");
        output.WriteLine(year.Times);
    }

    [DataFact]
    public async Task Every_redemption_of_the_year_finds_its_coupon_and_27_coupons_are_used_twice()
    {
        var year = await Year.Value;
        var redeemed = (
            from household in year.Facts
            from use in household.OfType<Fact.CouponRedeemed>()
            select (household.Key, use.Template, use.Day)).ToArray();

        Assert.Equal(
            Campaigns.Redemptions.Select(row => (row.Household, row.Template, row.Day)).Order(),
            redeemed.Order());
        Assert.Equal(2_102, redeemed.Length);
        var uses = redeemed.CountBy(use => (use.Key, use.Template)).Select(use => use.Value).ToArray();
        Assert.Equal((2_048, 27), (uses.Count(times => times == 1), uses.Count(times => times == 2)));
        Assert.Equal(
            Campaigns.Redemptions.CountBy(row => (row.Household, row.Template)).Count(), uses.Length);
    }

    [DataFact]
    public async Task Of_6589_sends_792_redeem_by_the_type_of_their_campaign()
    {
        var year = await Year.Value;
        var counted = Campaigns.Sends
            .GroupBy(send => Campaigns.All[send.Campaign].Type).OrderBy(type => type.Key)
            .Select(type => (type.Key, Sends: type.Count(), Redeemed: type.Count(send =>
                Campaigns.Redemptions.Any(row =>
                    row.Household == send.Household && row.Campaign == send.Campaign))));
        var shown =
            from household in year.Facts
            let used = household.OfType<Fact.CouponRedeemed>()
                .Select(use => CampaignOf(use.Template)).ToHashSet()
            from send in household.OfType<Fact.CouponGranted>()
                .Select(grant => CampaignOf(grant.Template)).Distinct()
            group used.Contains(send) by Campaigns.All[send].Type into type
            orderby type.Key
            select (type.Key, Sends: type.Count(), Redeemed: type.Count(redeemed => redeemed));

        var types = shown.ToArray();
        Assert.Equal(counted, types);
        Assert.Equal([("Type A", 3_647, 604), ("Type B", 2_368, 154), ("Type C", 574, 34)], types);
        foreach (var (type, sends, all) in types.Append(("All", 6_589, types.Sum(type => type.Redeemed))))
            output.WriteLine($"{type}: {all} of {sends} sends redeem, {100m * all / sends:0.00} %.");
    }

    private static string CampaignOf(string template) => template.Split('-')[1];
}
