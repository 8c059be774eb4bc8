using System.Text;
using MallVip.Rules.Events;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Programmes.Parsing;

namespace MallVip.Rules.Tests.Programmes;

/// <summary>A small programme to hang rules on.</summary>
internal static class Small
{
    public const string Declarations = """
        timezone: Asia/Shanghai
        currency: CNY
        malls:
          bay: { name: Bay Mall }
          harbour: { name: Harbour, currency: HKD, timezone: Asia/Hong_Kong }
        categories: [beauty, dining, supermarket]
        stores:
          beauty-hall: { name: Beauty Hall, category: beauty, mall: bay }
          noodles: { category: dining, mall: bay }
          fresh: { category: supermarket, mall: harbour }
        wallets:
          points: { expiry: { months: 12 } }
          growth: { spendable: false }
        tiers:
          silver: { name: Silver }
          gold: { name: Gold, when: member.spent("365d") >= 1000 }
        calendars:
          member-day: { monthly: [8, 31] }
          holidays: { yearly: [05-01, 12-24..01-02, 02-29], days: [2026-02-15..2026-02-23, 2026-11-11] }
        coupons: { ten-off: 10 off }
        benefits: { valet: { name: Valet parking } }
        journeys: { welcome: Welcome }
        messages: { thanks: Thanks, bye: Bye }
        surveys: { visit: Visit }
        webhooks: { crm: CRM }
        attributes:
          name: text
          plate: text
          city: { type: text, personal: false }
          birthday: date
          children: number
          staff: flag
          joined: moment
        events:
          car.washed:
            fields:
              bay: { type: text, personal: false, required: true }
              price: number
              plate: text
        parking: { lots: { p1: { mall: bay } } }
        """;

    public static ProgrammeResult Load(string rules, string declarations = Declarations) =>
        new ProgrammeLoader().Load(Files(rules, declarations));

    public static Dictionary<string, string> Files(string rules, string declarations = Declarations) => new()
    {
        ["programme.yaml"] = declarations,
        ["rules.yaml"] = rules,
    };

    /// <summary>What is found besides rules that no case tries.</summary>
    public static Checking.Diagnostic[] Findings(ProgrammeResult result) =>
        [.. result.Diagnostics.Where(
            found => !found.Code.Contains("WITHOUT_CASE", StringComparison.Ordinal))];

    /// <summary>A programme that must be right.</summary>
    public static Programme Programme(string rules, string declarations = Declarations)
    {
        var result = Load(rules, declarations);
        return result.Programme ?? throw new ArgumentException(string.Join("\n", result.Diagnostics));
    }

    /// <summary>
    /// Rules that earn one point each when their conditions hold, by name <c>r0</c>, <c>r1</c> and so on.
    /// </summary>
    public static string Rules(string on, params string[] conditions)
    {
        var text = new StringBuilder("ruleset: t\nrules:\n");
        for (var at = 0; at < conditions.Length; at++)
            text.Append($"  r{at}:\n    on: {on}\n    when: {Quoted(conditions[at])}\n    earn: {Point}\n");
        return text.ToString();
    }

    /// <summary>Whether a condition holds for an event.</summary>
    public static bool Holds(string condition, MallEvent happened, MemberState? member = null)
    {
        var match = Match(Programme(Rules(happened.Type, condition)), happened, member);
        return match.Count == 1 && match[0].Fault is null;
    }

    public static List<RuleMatch> Match(Programme programme, MallEvent happened, MemberState? member = null)
    {
        var matches = new List<RuleMatch>();
        programme.Matcher.Match(Context(programme, happened, member), matches);
        return matches;
    }

    public static EvalContext Context(Programme programme, MallEvent happened, MemberState? member = null)
    {
        var store = happened.Data is PurchaseData purchase
            ? programme.Stores.GetValueOrDefault(purchase.Store) : null;
        var zone = store?.Mall.Zone ?? programme.Zone;
        return new()
        {
            Programme = programme,
            Member = member ?? MemberState.Empty,
            Event = happened,
            Store = store,
            Mall = store?.Mall,
            Local = TimeZoneInfo.ConvertTime(happened.Time, zone).DateTime,
        };
    }

    /// <summary>An event as a till would send it.</summary>
    public static MallEvent Event(string type, string json, string time = "2026-11-21T12:00:00+08:00")
    {
        var parsed = new EventParser(Plain)
            .Parse(type, Encoding.UTF8.GetBytes(json), (kind, value) => $"{kind}/{value}");
        Assert.True(Rfc3339.TryParse(time, out var at));
        return new("test", "1", type, at,
            parsed.Data ?? throw new ArgumentException(string.Join("\n", parsed.Problems)));
    }

    public static MallEvent Purchase(string store, decimal paid, string time = "2026-11-21T12:00:00+08:00") =>
        Event(EventTypes.Purchase,
            FormattableString.Invariant($$"""{"receipt":"1","store":"{{store}}","paid":{{paid}}}"""), time);

    private const string Point = "{ amount: 1 }";

    public static Programme Plain { get; } = Programme("ruleset: none");

    private static string Quoted(string text) =>
        "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
