using MallVip.Rules.Checking;

namespace MallVip.Rules.Tests.Programmes;

/// <summary>
/// Every mistake that an operator can make has a code, a place and, where there is one, the right hint.
/// </summary>
public class DiagnosticTests
{
    private const string Rule = "ruleset: t\nrules:\n  r:\n    on: mall.purchase\n";

    [Theory]
    [InlineData("ruleset: t\nrules:\n  r:\n    on: mall.purchas\n    earn: { amount: 1 }",
        "4:9 EVENT_TYPE_UNKNOWN", "mall.purchase")]
    [InlineData(Rule + "    earn: { wallet: pionts, amount: 1 }", "5:21 WALLET_UNKNOWN", "points")]
    [InlineData(Rule + "    when: member.tier == \"glod\"\n    earn: { amount: 1 }",
        "5:26 CEL_UNKNOWN_VALUE", "gold")]
    [InlineData(Rule + "    when: event.store.category == \"beuaty\"\n    earn: { amount: 1 }",
        "5:35 CEL_UNKNOWN_VALUE", "beauty")]
    [InlineData(Rule + "    when: event.store.id in [\"fresh\", \"noodels\"]\n    earn: { amount: 1 }",
        "5:39 CEL_UNKNOWN_VALUE", "noodles")]
    [InlineData(Rule + "    when: member.balance(\"pionts\") > 1\n    earn: { amount: 1 }",
        "5:26 WALLET_UNKNOWN", "points")]
    [InlineData(Rule + "    when: member.spent(\"1200d\") > 1\n    earn: { amount: 1 }",
        "5:24 WINDOW_UNKNOWN", "1100d")]
    [InlineData(Rule +
        "    when: member.spent(\"month\") > 1 && member.visits(\"soon\") > 1\n    earn: { amount: 1 }",
        "5:54 WINDOW_UNKNOWN", "month")]
    [InlineData(Rule + "    when: event.piad > 5\n    earn: { amount: 1 }", "5:17 CEL_UNKNOWN_FIELD", "paid")]
    [InlineData(Rule + "    when: event.paid\n    earn: { amount: 1 }", "5:17 CEL_WRONG_RESULT_TYPE", null)]
    [InlineData(Rule + "    earn: { amount: event.receipt }", "5:27 CEL_WRONG_RESULT_TYPE", null)]
    [InlineData(Rule + "    earn: { wallet: points }", "5:11 KEY_MISSING", null)]
    [InlineData(Rule, "3:3 RULE_NO_ACTION", "earn")]
    [InlineData(Rule + "    earn: { amount: 1 }\n    tag: x", "6:5 RULE_TWO_ACTIONS", "two rules")]
    [InlineData(Rule + "    earn: { amount: 1 }\n    bugdet: { total: 5 }", "6:5 KEY_UNKNOWN", null)]
    [InlineData(Rule + "    earn: { amount: 1 }\n    limt: { every: day }", "6:5 KEY_UNKNOWN", "limit")]
    [InlineData(Rule + "    earn: { amount: 1 }\n    limit: { every: day }", "6:12 LIMIT_WITHOUT_BOUND",
        null)]
    [InlineData(Rule + "    earn: { amount: 1 }\n    limit: { every: fortnight, times: 1 }",
        "6:21 VALUE_UNKNOWN_WORD", "week")]
    [InlineData(Rule + "    earn: { amount: 1, round: floo }", "5:31 VALUE_UNKNOWN_WORD", "floor")]
    [InlineData(Rule + "    earn: { amount: 1 }\n    active: { from: 2026-12-01, to: 2026-11-01 }",
        "6:33 ACTIVE_REVERSED", null)]
    [InlineData(Rule + "    earn: { amount: 1 }\n    active: { from: 2026-02-30 }", "6:21 VALUE_NOT_DAY",
        null)]
    [InlineData(Rule + "    earn: { amount: 1 }\n    active: { hours: \"10-22\" }", "6:22 VALUE_NOT_HOURS",
        "10:00-22:00")]
    [InlineData(Rule + "    earn: { amount: 1 }\n    active: { days: [sa] }", "6:22 VALUE_UNKNOWN_WORD",
        "sat")]
    [InlineData(Rule + "    earn: { amount: 1 }\n    active: { calendar: holiday }", "6:25 CALENDAR_UNKNOWN",
        "holidays")]
    [InlineData(Rule + "    earn: { amount: 1 }\n    active: { except: [holidays, menber-day] }",
        "6:34 CALENDAR_UNKNOWN", "member-day")]
    [InlineData(
        Rule + "    earn: { amount: 1 }\n    active: { calendar: [] }", "6:25 ACTIVE_NO_CALENDAR", null)]
    [InlineData(
        Rule + "    when: event.local.on(\"holidys\")\n    earn: { amount: 1 }", "5:26 CALENDAR_UNKNOWN",
        "holidays")]
    [InlineData(Rule + "    earn: { amount: 1 }\n    funding: { brand: 60%, mall: 30% }",
        "6:14 FUNDING_NOT_WHOLE", "store")]
    [InlineData(
        Rule + "    earn: { amount: 1 }\n    funding: { brand: 60 }", "6:23 VALUE_NOT_PERCENT", "100%")]
    [InlineData(Rule + "    tag: x\n    funding: { brand: 100% }", "6:5 FUNDING_WITHOUT_POINTS", null)]
    [InlineData(Rule + "    grant-coupon: ten-of", "5:19 EFFECT_TARGET_UNKNOWN", "ten-off")]
    [InlineData(Rule + "    grant-benefit: { name: valett }", "5:28 EFFECT_TARGET_UNKNOWN", "valet")]
    [InlineData(Rule + "    start-journey: welcom", "5:20 EFFECT_TARGET_UNKNOWN", "welcome")]
    [InlineData(Rule + "    send-message: thank", "5:19 EFFECT_TARGET_UNKNOWN", "thanks")]
    [InlineData(Rule + "    survey: visits", "5:13 EFFECT_TARGET_UNKNOWN", "visit")]
    [InlineData(Rule + "    webhook: { name: cmr }", "5:22 EFFECT_TARGET_UNKNOWN", "crm")]
    [InlineData(
        Rule + "    alert: { name: x, data: { lines: event.lines } }", "5:38 EFFECT_DATA_TYPE", "text")]
    [InlineData(Rule + "    alert: { name: x, data: { at: event.piad } }", "5:41 CEL_UNKNOWN_FIELD", "paid")]
    [InlineData(Rule + "    send-messgae: thanks", "5:5 KEY_UNKNOWN", "send-message")]
    [InlineData(Rule + "    set: { attribute: cty, to: event.receipt }", "5:23 ATTRIBUTE_UNKNOWN", "city")]
    [InlineData(Rule + "    set: { attribute: name, to: event.receipt }", "5:23 ATTRIBUTE_NOT_FOR_RULES",
        "personal")]
    [InlineData(Rule + "    set: { attribute: birthday, to: \"'05-01'\" }", "5:23 ATTRIBUTE_NOT_FOR_RULES",
        "birthday")]
    [InlineData(
        Rule + "    set: { attribute: children, to: event.receipt }", "5:43 CEL_WRONG_RESULT_TYPE", null)]
    [InlineData(Rule + "    tier: glod", "5:11 TIER_UNKNOWN", "gold")]
    [InlineData(Rule + "    tier: { to: gold, for: 1y }", "5:28 VALUE_NOT_SPAN", "12mo")]
    [InlineData(Rule + "    tag: { name: x, until: event.paid > 5 }", "5:34 CEL_UNKNOWN_FIELD", null)]
    [InlineData("ruleset: t\nrules:\n  r: { on: tag.added, tag: x }", "3:1 RULE_CYCLE", "event.tag")]
    [InlineData("ruleset: t\nrules:\n  r: { on: tag.added, when: event.tag != \"y\", tag: x }",
        "3:1 RULE_CYCLE",
        null)]
    [InlineData("ruleset: t\nrules:\n  r: { on: points.earned, earn: { amount: 1 } }", "3:1 RULE_CYCLE",
        null)]
    [InlineData("ruleset: t\nrules:\n  a: { on: tag.added, tier: gold }\n  b: { on: tier.changed, tag: x }",
        "3:1 RULE_CYCLE", null)]
    [InlineData("ruleset: t\nrules:\n  a: { on: tier.changed, when: event.to == \"glod\", tag: x }",
        "3:44 CEL_UNKNOWN_VALUE", "gold")]
    [InlineData("ruleset: t\nrules:\n  a: { on: tier.changed, earn: { amount: 1 }, on-return: re-evaluate }",
        "3:58 ON_RETURN_CHAINED", "keep")]
    [InlineData("ruleset: t\nrules:\n  r: { on: member.inactive, tag: x }", "3:12 EVENT_DAYS",
        "member.inactive(30d)")]
    [InlineData("ruleset: t\nrules:\n  r: { on: tier.ending(0d), tag: x }", "3:12 EVENT_DAYS", "1100")]
    [InlineData("ruleset: t\nrules:\n  r: { on: points.expiring(9999d), tag: x }", "3:12 EVENT_DAYS", null)]
    [InlineData("ruleset: t\nrules:\n  r: { on: member.inactiv(60d), tag: x }", "3:12 EVENT_TYPE_UNKNOWN",
        "member.inactive(30d)")]
    [InlineData(
        "ruleset: t\nrules:\n  r: { on: points.expiring(7d), when: event.wallet == \"pionts\", tag: x }",
        "3:55 CEL_UNKNOWN_VALUE", "points")]
    [InlineData(Rule + "    tag: x\n    on-return: keep", "6:5 ON_RETURN_NOT_EARN", null)]
    [InlineData("ruleset: t\ngroups: { offers: best }\nrules:\n  r:\n    on: mall.purchase\n" +
        "    earn: { amount: 1 }\n    group: ofers", "7:12 GROUP_UNKNOWN", "offers")]
    [InlineData("ruleset: t\ngroups: { offers: bst }", "2:19 VALUE_UNKNOWN_WORD", "best")]
    [InlineData("ruleset: t\ngroups: { o: best }\nrules:\n  r: { on: mall.purchase, tag: x, group: o }",
        "4:35 GROUP_NOT_EARN", null)]
    [InlineData(Rule + "    tag: x\n    limit: { every: day, amount: 5 }",
        "6:26 LIMIT_AMOUNT_WITHOUT_POINTS", "times")]
    [InlineData(Rule + "    earn: { amount: 1 }\n  r:\n    on: mall.purchase\n    earn: { amount: 1 }",
        "6:3 YAML_DUPLICATE_KEY", null)]
    [InlineData("ruleset: t\nrules:\n\tr: 1", "3:1 YAML_TAB", "spaces")]
    [InlineData("ruleset: &a t\nrules: *a", "1:10 YAML_ALIAS", null)]
    [InlineData("ruleset: !x t", "1:10 YAML_TAG", null)]
    [InlineData("ruleset: t\n---\nruleset: u", "2:1 YAML_TWO_DOCUMENTS", null)]
    [InlineData("- ruleset", "1:1 YAML_NOT_A_MAP", null)]
    [InlineData("", "1:1 YAML_EMPTY", null)]
    [InlineData("ruleset: t\nrules: { r: { on: x", "2:20 YAML_SYNTAX", null)]
    [InlineData("rules: {}", "1:1 KEY_MISSING", null)]
    [InlineData("ruleset: t\nrules: []", "2:8 VALUE_MUST_BE_MAP", null)]
    [InlineData("ruleset:\nrules: {}", "1:9 VALUE_MISSING", null)]
    public void A_mistake_in_a_rule_file_is_found_where_it_stands(string text, string expected, string? hint)
    {
        var found = Small.Load(text).Diagnostics;

        Assert.Contains(expected, found.Select(one => $"{one.Place.Line}:{one.Place.Column} {one.Code}"));
        var first = found.First(one => expected.EndsWith(one.Code, StringComparison.Ordinal));
        Assert.Equal("rules.yaml", first.Place.File);
        if (hint is not null)
            Assert.Contains(hint, first.Hint(Language.English), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("currency: CNY", "currency: yuan", "VALUE_NOT_CURRENCY")]
    [InlineData("timezone: Asia/Shanghai", "timezone: Asia/Shenzen", "VALUE_NOT_ZONE")]
    [InlineData("timezone: Asia/Shanghai\n", "", "KEY_MISSING")]
    [InlineData("currency: CNY\n", "", "MALL_NO_CURRENCY")]
    [InlineData("category: beauty,", "category: beuaty,", "CATEGORY_UNKNOWN")]
    [InlineData("category: beauty, mall: bay", "category: beauty, mall: by", "MALL_UNKNOWN")]
    [InlineData("category: beauty, mall: bay", "category: beauty", "MALL_NOT_NAMED")]
    [InlineData("category: beauty, mall: bay", "mall: bay", "STORE_NO_CATEGORY")]
    [InlineData("points: {", "tier: {", "WALLET_RESERVED")]
    [InlineData("{ months: 12 }", "{ months: 12, days: 3 }", "EXPIRY_ONE_OF")]
    [InlineData("{ months: 12 }", "{ days: 3, to: day }", "EXPIRY_TO_WITHOUT_MONTHS")]
    [InlineData("{ months: 12 }", "{ next-year-on: 03-31, rolling: purchase }", "EXPIRY_ROLLING_FIXED")]
    [InlineData("{ months: 12 }", "{ months: 12, rolling: visit }", "VALUE_UNKNOWN_WORD")]
    [InlineData("{ months: 12 }", "{ months: 12 }, pending: { until: return-window }",
        "PENDING_WITHOUT_DAYS")]
    [InlineData("{ months: 12 }", "{ months: 12 }, pending: until-confirmed", "VALUE_NOT_INTEGER")]
    [InlineData("{ months: 12 }", "{ months: 12 }, pending: { until: days }", "VALUE_UNKNOWN_WORD")]
    [InlineData("{ months: 12 }", "{ months: 12 }, ceiling: 0", "VALUE_NOT_INTEGER")]
    [InlineData("{ months: 12 }", "{ months: 12 }, cost: -1", "VALUE_NOT_COST")]
    [InlineData("{ months: 12 }", "{ months: 12 }, spend: { step: 0.5 }", "VALUE_NOT_INTEGER")]
    [InlineData("{ spendable: false }", "{ spendable: false, spend: { step: 5 } }", "SPEND_NOT_SPENDABLE")]
    [InlineData("currency: CNY\n", "currency: CNY\ndesk-receipts: { amount-per-day: -1 }\n",
        "VALUE_NOT_AMOUNT")]
    [InlineData("currency: CNY\n", "currency: CNY\ndesk-receipts: { per-day: 0 }\n", "VALUE_NOT_INTEGER")]
    [InlineData("currency: CNY\n", "currency: CNY\ndesk-receipts: { wait-days: 32 }\n",
        "VALUE_NOT_INTEGER")]
    [InlineData("currency: CNY\n", "currency: CNY\ndesk-receipts: { perday: 3 }\n", "KEY_UNKNOWN")]
    [InlineData("currency: CNY\n", "currency: CNY\nrewards: { tenders: [points] }\n", "KEY_MISSING")]
    [InlineData("currency: CNY\n", "currency: CNY\nrewards: { tenders: [points], earn: late }\n",
        "VALUE_UNKNOWN_WORD")]
    [InlineData("{ months: 12 }", "{ months: 0 }", "VALUE_NOT_INTEGER")]
    [InlineData("{ months: 12 }", "{ next-year-on: 02-30 }", "VALUE_NOT_MONTH_DAY")]
    [InlineData(", when: member.spent(\"365d\") >= 1000", "", "TIER_NO_CONDITION")]
    [InlineData("member.spent(\"365d\") >= 1000", "event.paid > 5", "CEL_UNKNOWN_FIELD")]
    [InlineData("car.washed:", "mall.purchase:", "EVENT_TYPE_BUILT_IN")]
    [InlineData("monthly: [8, 31]", "monthly: [8, 32]", "VALUE_NOT_INTEGER")]
    [InlineData("monthly: [8, 31]", "monthly: []", "CALENDAR_EMPTY")]
    [InlineData("yearly: [05-01,", "yearly: [05-32,", "VALUE_NOT_YEARLY_SPAN")]
    [InlineData("2026-02-15..2026-02-23", "2026-02-15-2026-02-23", "VALUE_NOT_DAY_SPAN")]
    [InlineData("2026-02-15..2026-02-23", "2026-02-15..2026-02-03", "CALENDAR_REVERSED")]
    [InlineData("children: number", "children: integer", "VALUE_UNKNOWN_WORD")]
    [InlineData("children: number", "chil-dren: number", "VALUE_NOT_FIELD_NAME")]
    public void A_mistake_in_the_declarations_is_found(string right, string wrong, string code)
    {
        var text = Small.Declarations.Replace(right, wrong, StringComparison.Ordinal);

        var result = Small.Load("ruleset: t", text);

        Assert.Null(result.Programme);
        Assert.Contains(code, result.Diagnostics.Select(found => found.Code));
    }

    [Fact]
    public void Everything_is_reported_at_once_in_the_order_of_the_files()
    {
        var found =
            Small.Load(Rule +
            "    wen: 1\n    earn: { wallet: pionts, amount: event.payed }\n    limit: { every: day }",
            Small.Declarations.Replace("category: beauty,", "category: beuaty,",
                StringComparison.Ordinal)).Diagnostics;

        Assert.Equal(
            ["programme.yaml CATEGORY_UNKNOWN", "rules.yaml KEY_UNKNOWN", "rules.yaml WALLET_UNKNOWN",
                "rules.yaml LIMIT_WITHOUT_BOUND"],
            found.Select(one => $"{one.Place.File} {one.Code}"));
    }

    [Theory]
    [InlineData("    when: >\n      event.paid > 5\n      && event.payed > 5\n", 7, 16)]
    [InlineData("    when: |\n      event.paid > 5 &&\n        event.payed > 5\n", 7, 15)]
    [InlineData("    when: event.paid > 5\n      && event.payed > 5\n", 6, 16)]
    [InlineData("    when: \"member.tier == \\\"gold\\\" && event.payed > 5\"\n", 5, 45)]
    [InlineData("    when: 'member.tier == \"gold\" && event.payed > 5'\n", 5, 43)]
    public void A_mistake_inside_a_folded_or_quoted_expression_is_found_in_the_file(string when, int line,
        int column)
    {
        var found = Small.Load(Rule + when + "    earn: { amount: 1 }\n").Diagnostics.Single();

        Assert.Equal(("CEL_UNKNOWN_FIELD", line, column), (found.Code, found.Place.Line, found.Place.Column));
    }

    [Fact]
    public void A_rule_that_can_never_act_is_a_warning()
    {
        var result = Small.Load(Small.Rules("mall.purchase", "1 > 2"));

        Assert.NotNull(result.Programme);
        Assert.Equal(("RULE_NEVER_HOLDS", Severity.Warning),
            (result.Diagnostics.Single().Code, result.Diagnostics[0].Severity));
    }

    [Theory]
    [InlineData("2 > 1", "5:11 RULE_ALWAYS_HOLDS", "r")]
    [InlineData("event.store.category == 'beauty' && event.store.category == 'dining'",
        "5:68 RULE_CONTRADICTS",
        "event.store.category == \"dining\"")]
    [InlineData("event.paid >= 500 && event.paid < 500", "5:43 RULE_CONTRADICTS", "event.paid < 500")]
    [InlineData("event.paid > 500 && 10 >= event.paid", "5:34 RULE_CONTRADICTS", "10 >= event.paid")]
    [InlineData("event.paid == 5 && event.paid == 6", "5:41 RULE_CONTRADICTS", "event.paid == 6")]
    [InlineData("event.store.category == 'toys'", "5:32 CATEGORY_WITHOUT_STORE", "toys")]
    public void A_condition_that_cannot_be_meant_so_is_a_warning(string when, string finding, string named)
    {
        var declarations = Small.Declarations.Replace("supermarket]", "supermarket, toys]",
            StringComparison.Ordinal);
        var result = Small.Load(Rule + $"    when: {when}\n    earn: {{ amount: 1 }}", declarations);

        var found = Assert.Single(Small.Findings(result));
        Assert.NotNull(result.Programme);
        Assert.Equal(
            (finding, Severity.Warning, named),
            ($"{found.Place.Line}:{found.Place.Column} {found.Code}", found.Severity, found.Args[0]));
    }

    [Theory]
    [InlineData("event.paid >= 500 && event.paid <= 500")]
    [InlineData("event.paid >= 100 && event.pointsUsed < 50")]
    [InlineData("event.store.category in ['beauty', 'dining'] && event.store.category == 'dining'")]
    public void A_narrow_condition_is_no_contradiction(string when) =>
        Assert.Empty(Small.Findings(Small.Load(Rule + $"    when: {when}\n    earn: {{ amount: 1 }}")));

    [Fact]
    public void A_rule_that_no_case_makes_act_is_a_warning_at_its_id()
    {
        const string Tried = "ruleset: t\nrules:\n"
            + "  a: { on: mall.purchase, earn: { amount: 1 } }\n"
            + "  b: { on: mall.purchase, when: event.paid > 1000, tag: big }\n";
        const string Case = "cases:\n  - name: c\n"
            + "    event: { type: mall.purchase, time: 2026-11-21T12:00, store: fresh, paid: 5 }\n"
            + "    expect: { points: 1 }";

        Assert.Equal("4:3 RULE_WITHOUT_CASE b", Text(Small.Load(Tried + Case)));
        Assert.Equal("1:10 RULESET_WITHOUT_CASES t", Text(Small.Load(Tried)));

        static string Text(MallVip.Rules.Programmes.Loading.ProgrammeResult result)
        {
            var found = result.Diagnostics.Single();
            return $"{found.Place.Line}:{found.Place.Column} {found.Code} {found.Args[0]}";
        }
    }

    [Fact]
    public void Two_files_cannot_have_one_rule_set()
    {
        var files = Small.Files("ruleset: t");
        files["zz.yaml"] = "ruleset: t";

        var found = new MallVip.Rules.Programmes.Loading.ProgrammeLoader().Load(files).Diagnostics.Single();

        Assert.Equal(("RULESET_TWICE", "zz.yaml"), (found.Code, found.Place.File));
        Assert.Contains("rules.yaml:1:10", found.Message(Language.English), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_a_million_brackets_is_refused_at_once()
    {
        var found = Small.Load("ruleset: " + new string('[', 1_000_000)).Diagnostics;

        Assert.Equal("YAML_SYNTAX", found.Single().Code);
    }

    [Fact]
    public void A_file_that_is_too_long_is_refused()
    {
        var found = Small.Load("ruleset: " + new string('x', 1 << 20)).Diagnostics;

        Assert.Equal("YAML_TOO_LONG", found.Single().Code);
    }
}
