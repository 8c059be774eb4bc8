using System.Globalization;
using System.Text;

namespace MallVip.System.Tests.RealData;

/// <summary>
/// The campaigns as a programme: a template for each coupon of each campaign, good on the campaign's days and
/// twice, and a rule for each that grants it to whom the campaign is sent. What a coupon is worth the data
/// does not say.
/// </summary>
internal static class CampaignProgramme
{
    public const string Store = "319";

    private const string Declarations = """
        name: Campaigns
        timezone: America/New_York
        currency: USD
        malls: { kroger: { name: Supermarkets } }
        categories: [grocery]
        wallets: { points: {} }
        stores: { "319": { mall: kroger, category: grocery } }
        events:
          campaign.sent:
            fields:
              campaign: { type: text, personal: false, required: true }
        coupons:

        """;

    /// <summary>Writes it to a folder; answers the folder.</summary>
    public static string WriteTo(DataFolder folder)
    {
        var path = folder.File("rules");
        Directory.CreateDirectory(path);
        var (templates, rules) = (new StringBuilder(Declarations), new StringBuilder("rules:\n"));
        foreach (var campaign in Campaigns.All.Values)
            foreach (var coupon in campaign.Coupons)
            {
                var template = TemplateOf(campaign.Id, coupon);
                templates.Append(CultureInfo.InvariantCulture, $"  {template}: {{ gift: '{coupon}', ")
                    .Append(CultureInfo.InvariantCulture, $"valid: {{ from: {campaign.From:yyyy-MM-dd}, ")
                    .Append(CultureInfo.InvariantCulture, $"to: {campaign.To:yyyy-MM-dd} }}, uses: 2 }}\n");
                rules.Append(CultureInfo.InvariantCulture, $"  {template}: {{ on: campaign.sent, when: '")
                    .Append(CultureInfo.InvariantCulture, $"event.campaign == \"{campaign.Id}\"', ")
                    .Append(CultureInfo.InvariantCulture, $"grant-coupon: {template} }}\n");
            }

        File.WriteAllText(Path.Combine(path, "programme.yaml"), templates.ToString());
        File.WriteAllText(Path.Combine(path, "rules.yaml"), "ruleset: campaigns\n" + rules);
        return path;
    }

    public static string TemplateOf(string campaign, string coupon) => $"campaign-{campaign}-{coupon}";
}
