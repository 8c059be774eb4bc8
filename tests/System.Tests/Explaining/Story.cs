using System.Globalization;
using System.Text;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Explaining;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Programmes.Parsing;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Explaining;

/// <summary>What happens to one member under the programme of the rules' description.</summary>
internal sealed class Story
{
    private const string Main = """
        timezone: Asia/Shanghai
        malls: { bay: { name: Bay Mall, currency: CNY } }
        categories: [beauty, fashion, supermarket]
        stores:
          beauty-hall: { name: Beauty Hall, category: beauty, mall: bay }
          coat: { name: Coat & Collar, category: fashion, mall: bay }
          fresh: { name: Fresh Market, category: supermarket, mall: bay }
        wallets: { points: { name: 积分, expiry: { months: 12, to: month-end } } }
        tiers:
          silver: { name: 银卡 }
          gold: { name: 金卡, when: member.spent("365d") >= 20000, valid-months: 12 }
        """;

    private const string Points = """
        ruleset: points
        rules:
          base:
            on: mall.purchase
            when: event.store.category != "supermarket"
            earn: { wallet: points, amount: event.paid / 10, round: floor }
            on-return: pro-rata
          gold-multiplier:
            on: mall.purchase
            when: member.tier == "gold"
            multiply: { wallet: points, by: 1.5, round: floor }
          beauty-weekend:
            on: mall.purchase
            active: { from: 2026-11-01, to: 2026-12-31, days: [sat, sun], hours: "10:00-22:00" }
            when: event.store.category == "beauty" && event.paid >= 500
            earn: { wallet: points, amount: "100" }
            on-return: re-evaluate
            limit: { per: member, every: day, times: 1 }
          big-spender:
            on: mall.purchase
            when: event.paid + member.spent("30d") >= 20000 || member.hasTag("vip")
            tag: { name: big-spender, for: 90d }
        """;

    private const string OfferTargets = """

        coupons: { beauty-50: 50 off beauty }
        messages: { thanks: Thank you }
        webhooks: { crm: Our CRM }
        attributes: { vip_since: date }
        """;

    private const string OfferRules = """
        ruleset: offers
        groups: { season: best, welcome: first }
        rules:
          autumn:
            on: mall.purchase
            earn: { amount: event.paid / 20 }
            group: season
          big-basket:
            on: mall.purchase
            when: event.paid >= 500
            earn: { amount: event.paid / 8 }
            group: season
          sunday:
            on: mall.purchase
            active: { days: [sun] }
            earn: { amount: "500" }
            group: season
          hello:
            on: mall.purchase
            when: member.events == 0
            earn: { amount: "10" }
            group: welcome
          hello-again:
            on: mall.purchase
            earn: { amount: "20" }
            group: welcome
          gift:
            on: mall.purchase
            when: event.paid >= 500
            grant-coupon: beauty-50
          thanks:
            on: mall.purchase
            when: event.store.category == "beauty"
            send-message: { name: thanks, data: { half: event.paid / 2, store: event.store.name } }
          tell:
            on: mall.purchase
            when: event.paid > 100
            webhook: crm
          vip:
            on: mall.purchase
            when: event.paid >= 500 && member.attributes.vip_since == ""
            set: { attribute: vip_since, to: event.local.date }
        """;

    private static readonly MemberId Member = MemberId.Parse("00000000-0000-0000-0000-000000000001");

    private readonly Programme _programme;
    private readonly List<PastEntry> _entries = [];
    private MemberState _state = MemberState.Empty;
    private int _events;

    /// <param name="programme">Null: <see cref="Programme"/>.</param>
    public Story(string tier, string at, Programme? programme = null)
    {
        _programme = programme ?? Programme;
        var enrol = new MemberCommand.Enrol(Member, At(at), "bay", [], null);
        Do(new MemberCommand.OpenAccount(enrol, [], tier, null), at);
    }

    public static Programme Programme { get; } = new ProgrammeLoader().LoadPublished(
        new Dictionary<string, string> { ["programme.yaml"] = Main, ["points.yaml"] = Points }).Programme!;

    /// <summary>One with groups, and with rules that ask others for something.</summary>
    public static Programme Offers { get; } = new ProgrammeLoader().LoadPublished(
        new Dictionary<string, string>
        {
            ["programme.yaml"] = Main + OfferTargets,
            ["offers.yaml"] = OfferRules,
        }).Programme!;

    public EntryExplanation Last => EntryExplainer.Explain(MemberPast.Of(
        _entries, new Dictionary<string, Programme> { [_programme.Version] = _programme }));

    public Story Buys(string store, int paid, string receipt, string at) => Happens(
        "mall.purchase", $$"""{"receipt":"{{receipt}}","store":"{{store}}","paid":"{{paid}}"}""", at);

    public Story Returns(string store, int paid, string receipt, string at) => Happens(
        "mall.refund",
        $$"""{"refund":"B1","receipt":"{{receipt}}","store":"{{store}}","paid":"{{paid}}"}""", at);

    /// <summary>Shanghai time.</summary>
    public Story Do(MemberCommand command, string at)
    {
        var entry = new PastEntry(
            _entries.Count + 1, At(at), "desk-3", _programme.Version, command, []);
        var past = MemberPast.Of(
            _entries, entry, _state,
            new Dictionary<string, Programme> { [_programme.Version] = _programme });
        var accepted = Assert.IsType<Decision.Accepted>(EntryExplainer.Decide(past, []));
        _entries.Add(entry with { Facts = accepted.Facts });
        _state = accepted.State;
        return this;
    }

    private Story Happens(string type, string json, string at)
    {
        var parsed = new EventParser(_programme).Parse(
            type, Encoding.UTF8.GetBytes(json), (kind, value) => $"{kind}/{value}");
        return Do(
            new MemberCommand.RecordEvent(new("till", $"e{++_events}", type, At(at), parsed.Data!)), at);
    }

    private static DateTimeOffset At(string local) =>
        new(DateTime.Parse(local, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
