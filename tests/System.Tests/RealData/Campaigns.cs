using System.Globalization;
using MallVip.System.Tests.Import;

namespace MallVip.System.Tests.RealData;

/// <summary>The supermarket's campaigns, straight from the CSV files.</summary>
internal static class Campaigns
{
    /// <summary>What each campaign is and until when its coupons are good.</summary>
    public static IReadOnlyDictionary<string, Campaign> All { get; } = Read();

    /// <summary>Which household was sent which campaign, in the order of the campaigns' first days.</summary>
    public static IReadOnlyList<Send> Sends { get; } =
    [
        .. Rows("campaigns").Select(row => new Send(row[0], row[1]))
            .OrderBy(send => All[send.Campaign].From).ThenBy(send => send.Campaign, StringComparer.Ordinal),
    ];

    /// <summary>Which household redeemed which coupon, in the order of the days.</summary>
    public static IReadOnlyList<Redemption> Redemptions { get; } =
    [
        .. Rows("coupon_redemptions")
            .Select((row, at) => new Redemption(at + 1, row[0], row[2], row[1], Day(row[3])))
            .OrderBy(redemption => redemption.Day).ThenBy(redemption => redemption.Row),
    ];

    private static Dictionary<string, Campaign> Read()
    {
        var coupons = Rows("coupons").ToLookup(row => row[0], row => row[1]);
        return Rows("campaign_descriptions").ToDictionary(
            row => row[0],
            row => new Campaign(row[0], row[1], Day(row[2]), Day(row[3]), [.. coupons[row[0]]]));
    }

    private static IEnumerable<string[]> Rows(string csv) =>
        File.ReadLines(DataFactAttribute.Path($"completejourney/{csv}.csv")).Skip(1)
            .Select(line => line.Split(','));

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}

/// <param name="Type">As the data says it: <c>Type A</c>.</param>
/// <param name="To">The last day.</param>
/// <param name="Coupons">Their codes on paper, each once.</param>
internal sealed record Campaign(
    string Id, string Type, DateOnly From, DateOnly To, IReadOnlyList<string> Coupons);

internal sealed record Send(string Campaign, string Household);

/// <param name="Row">Of the file, from 1.</param>
internal sealed record Redemption(int Row, string Household, string Campaign, string Coupon, DateOnly Day)
{
    public string Template => CampaignProgramme.TemplateOf(Campaign, Coupon);
}
