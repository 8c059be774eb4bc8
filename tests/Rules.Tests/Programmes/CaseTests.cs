namespace MallVip.Rules.Tests.Programmes;

public class CaseTests
{
    private const string Rules = """
        ruleset: t
        rules:
          base: { on: mall.purchase, earn: { amount: event.paid / 10 } }
          vip: { on: mall.purchase, when: event.paid >= 500, tag: vip }
          divide: { on: car.washed, earn: { amount: 1 / (int(event.price) - 5) } }
        cases:

        """;

    [Theory]
    [InlineData("{ points: 60 }", null)]
    [InlineData("{ points: 61 }", "9:23 CASE_WALLET_DIFFERS c, points, 61, 60")]
    [InlineData("{ lines: { base: 61 } }", "9:30 CASE_LINE_DIFFERS c, base, 61, 60")]
    [InlineData("{ lines: { } }", "9:13 CASE_LINE_UNEXPECTED c, t/base, 60")]
    [InlineData("{ lines: { base: 60, gone: 1 } }", "9:40 CASE_LINE_DIFFERS c, gone, 1, -")]
    [InlineData("{ tier: gold }", "9:21 CASE_TIER_DIFFERS c, gold, silver")]
    [InlineData("{ tags: [vip] }", null)]
    [InlineData("{ tags: [] }", "9:21 CASE_TAGS_DIFFER c, , vip")]
    [InlineData("{ rejected: receipt_known }", "9:25 CASE_REJECTION_DIFFERS c, receipt_known, -")]
    [InlineData("{ pionts: 60 }", "9:15 EXPECT_UNKNOWN pionts")]
    public void What_does_not_come_out_as_written_is_an_error_at_its_place(string expect, string? finding)
    {
        var text = Rules + $$"""
              - name: c
                event: { type: mall.purchase, store: noodles, paid: 600 }
                expect: {{expect}}
            """;

        var result = Small.Load(text);

        Assert.Equal(
            finding is null ? [] : [finding],
            Small.Findings(result).Select(one =>
                $"{one.Place.Line}:{one.Place.Column} {one.Code} {string.Join(", ", one.Args)}"));
        Assert.Equal(finding is null, result.Programme is not null);
    }

    [Theory]
    [InlineData("[granted gift]", 500, "", null)]
    [InlineData("[]", 499, "", null)]
    [InlineData("[granted gift, redeemed ten]", 500, ", coupons: [ten]", null)]
    [InlineData("[redeemed ten]", 20, ", coupons: [ten, ten]", "CASE_COUPONS_DIFFER c, redeemed ten, ")]
    public void Coupons_are_given_taken_and_expected_by_their_templates(
        string expect, int paid, string more, string? finding)
    {
        var result = Small.Load($$"""
            ruleset: t
            rules:
              thanks: { on: mall.purchase, when: event.paid >= 500, grant-coupon: gift }
            cases:
              - name: c
                member: { coupons: [ten] }
                event: { type: mall.purchase, store: noodles, paid: {{paid}}{{more}} }
                expect: { coupons: {{expect}} }
            """, Small.Declarations.Replace(
                "ten-off: 10 off",
                "ten-off: 10 off, ten: { off: 10, from: 50, valid: { days: 3 } }, "
                    + "gift: { gift: Tote bag, valid: { days: 3 } }",
                StringComparison.Ordinal));

        Assert.Equal(
            finding is null ? [] : [finding],
            Small.Findings(result).Select(one => $"{one.Code} {string.Join(", ", one.Args)}"));
    }

    [Theory]
    [InlineData("event: { type: mall.purchase, store: noodles, payd: 600 }", "INPUT_FIELD_UNKNOWN")]
    [InlineData("event: { type: mall.purchase, store: noodles, paid: 600, time: noon }", "CASE_TIME")]
    [InlineData("member: { tier: glod }\n    event: { type: mall.purchase, store: noodles, paid: 600 }",
        "TIER_UNKNOWN")]
    [InlineData(
        "member: { balances: { pionts: 5 } }\n    event: { type: mall.purchase, store: noodles, paid: 600 }",
        "WALLET_UNKNOWN")]
    [InlineData(
        "member: { attributes: { cty: x } }\n    event: { type: mall.purchase, store: noodles, paid: 600 }",
        "INPUT_FIELD_UNKNOWN")]
    [InlineData("event: { type: car.washed, bay: 1, price: 5 }", "CASE_RULE_FAILED")]
    [InlineData(
        "before: [{ type: mall.refund, store: noodles, receipt: x, refund: y, paid: 0 }]\n" +
        "    event: { type: mall.purchase, store: noodles, paid: 600 }",
        "CASE_BEFORE_REJECTED")]
    public void A_case_that_cannot_run_says_why(string text, string code)
    {
        var result = Small.Load(Rules + $"  - name: c\n    {text}\n    expect: {{ points: 60 }}");

        Assert.Contains(code, result.Diagnostics.Select(one => one.Code));
    }

    [Fact]
    public void A_case_begins_with_the_member_it_describes()
    {
        var result = Small.Load(Rules + """
              - name: tags, balances and attributes are there before the first event
                member:
                  tier: gold
                  tags: [vip]
                  balances: { points: 500 }
                  attributes: { city: 深圳, name: Li }
                  enrolled: 2020-01-01
                  mall: bay
                before:
                  - { type: mall.purchase, store: noodles, paid: 10, receipt: A }
                event: { type: mall.purchase, store: noodles, paid: 600, receipt: A }
                expect: { rejected: receipt_known }
            """);

        Assert.Equal("", string.Join("\n", (object[])Small.Findings(result)));
        Assert.Equal(1, result.Cases);
    }

    [Fact]
    public void A_case_of_its_own_file_sees_only_that_file_unless_it_asks_for_all()
    {
        var files = Small.Files(Rules.Replace("cases:", "", StringComparison.Ordinal));
        files["z.yaml"] = """
            ruleset: z
            rules: { more: { on: mall.purchase, earn: { amount: 7 } } }
            cases:
              - name: own
                event: { type: mall.purchase, store: noodles, paid: 100 }
                expect: { points: 7, lines: { more: 7 } }
              - name: all
                with: all
                event: { type: mall.purchase, store: noodles, paid: 100 }
                expect: { points: 17, lines: { t/base: 10, more: 7 } }
            """;

        Assert.Empty(
            Small.Findings(new MallVip.Rules.Programmes.Loading.ProgrammeLoader().Load(files)));
    }
}
