using System.Text;
using MallVip.Rules.Checking;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Rules.Tests.Programmes;

public class LoaderTests
{
    [Fact]
    public void What_is_declared_becomes_the_programme()
    {
        var programme = Small.Plain;

        Assert.Equal("Asia/Shanghai", programme.Zone.Id);
        Assert.Equal(("HKD", "Asia/Hong_Kong"),
            (programme.Malls["harbour"].Currency, programme.Malls["harbour"].Zone.Id));
        Assert.Equal(("fresh", "supermarket", "harbour"),
            (programme.Stores["fresh"].Name, programme.Stores["fresh"].Category,
            programme.Stores["fresh"].Mall.Id));
        Assert.Equal(["points", "growth"], programme.Wallets.Select(wallet => wallet.Id));
        Assert.Equal(new ExpiryPolicy.AfterMonths(12, MonthEnd: false), programme.DefaultWallet!.Expiry);
        Assert.Equal([("silver", 0, true), ("gold", 1, false)],
            programme.Tiers.Select(tier => (tier.Id, tier.Rank, tier.Entry is null)));
        Assert.True(programme.Attributes["name"].Personal);
        Assert.False(programme.Attributes["city"].Personal);
        Assert.True(programme.EventTypes["car.washed"].Fields["bay"].Required);
        Assert.Equal("bay", programme.ParkingLots["p1"].Mall.Id);
    }

    [Fact]
    public void Stores_can_be_listed_in_files_of_their_own_with_defaults()
    {
        var files = Small.Files("ruleset: none");
        files["stores/many.yaml"] = """
            store-defaults: { mall: bay, category: dining }
            stores: ["319", 361, { id: spa, category: beauty }]
            """;
        files["stores/short.yaml"] = """
            store-defaults: { mall: harbour }
            stores: { a1: dining, a2: { name: A Two, category: beauty } }
            """;

        var stores = new ProgrammeLoader().Load(files).Programme!.Stores;

        Assert.Equal(("dining", "bay"), (stores["361"].Category, stores["361"].Mall.Id));
        Assert.Equal("beauty", stores["spa"].Category);
        Assert.Equal(("dining", "harbour"), (stores["a1"].Category, stores["a1"].Mall.Id));
        Assert.Equal("A Two", stores["a2"].Name);
    }

    [Fact]
    public void A_rule_has_its_place_and_everything_that_was_written()
    {
        var rule = Small.Programme("""
            ruleset: t
            rules:
              first: { on: mall.purchase, tag: { name: vip, for: 30d } }
              second:
                label: { zh: 第二, en: Second }
                on: mall.purchase
                active: { from: 2026-11-01, days: [sat, sun], hours: "22:00-02:00" }
                earn: { wallet: growth, amount: event.paid, round: half-even }
                on-return: keep
                priority: 5
                limit: { every: month, times: 2, amount: 100 }
            """).Rules[1];

        Assert.Equal(("t/second", "rules.yaml", 4), (rule.Ref.Rule, rule.Ref.File, rule.Ref.Line));
        Assert.Equal(new RuleAction.Earn("growth", Rounding.HalfEven), rule.Action);
        Assert.Equal((OnReturn.Keep, 5, 1), (rule.OnReturn, rule.Priority, rule.Order));
        Assert.Equal(new RuleLimit(LimitWindow.Month, 2, 100), rule.Limit);
        Assert.Equal(new RuleLabel("第二", "Second"), rule.Label);
        Assert.Equal((new DateOnly(2026, 11, 1), new TimeOnly(22, 0), new TimeOnly(2, 0)),
            (rule.Active!.From, rule.Active.Start, rule.Active.End));
    }

    [Fact]
    public void The_version_names_paths_and_contents_and_nothing_else()
    {
        var one = ProgrammeFiles.Of(new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" }).Version();
        var same = ProgrammeFiles.Of(new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" }).Version();
        var moved = ProgrammeFiles.Of(new Dictionary<string, string> { ["a"] = "12", ["b"] = "" }).Version();

        Assert.Equal(64, one.Length);
        Assert.Equal(one, same);
        Assert.NotEqual(one, moved);
    }

    [Fact]
    public void A_changed_rule_compiles_only_what_changed()
    {
        var loader = new ProgrammeLoader();
        var conditions = Enumerable.Range(0, 50).Select(n => $"event.paid > {n}").ToArray();
        var first = loader.Load(Small.Files(Small.Rules("mall.purchase", conditions)));
        conditions[7] = "event.paid > 700";

        var second = loader.Load(Small.Files(Small.Rules("mall.purchase", conditions)));
        var third = loader.Load(Small.Files(Small.Rules("mall.purchase", conditions)));

        Assert.True(first.Compilations >= 50, $"{first.Compilations}");
        Assert.Equal((1, 0), (second.Compilations, third.Compilations));
    }

    [Fact]
    public void A_failed_load_does_not_spoil_the_next()
    {
        var loader = new ProgrammeLoader();
        var good = Small.Files(Small.Rules("mall.purchase", "member.tier == \"gold\""));
        var renamed =
            Small.Files(good["rules.yaml"],
            Small.Declarations.Replace("gold:", "golden:", StringComparison.Ordinal));

        Assert.NotNull(loader.Load(good).Programme);
        Assert.Null(loader.Load(renamed).Programme);
        Assert.Null(loader.Load(renamed).Programme);
        Assert.NotNull(loader.Load(good).Programme);
    }

    [Fact]
    public void Maps_hidden_files_and_other_files_are_no_part_of_a_programme()
    {
        var result = new ProgrammeLoader().Load(ProgrammeFiles.Of(Contents(
            ("programme.yaml", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Small.Declarations)]),
            ("more/rules.yml", "ruleset: t"u8.ToArray()),
            ("purchases.map.yaml", "map: 1"u8.ToArray()),
            (".git/x.yaml", "x"u8.ToArray()),
            ("notes.txt", "x"u8.ToArray()))));

        Assert.Equal(["more/rules.yml", "programme.yaml"], result.Programme!.Sources.Keys);
    }

    [Fact]
    public void A_file_in_another_encoding_is_found_at_its_first_bad_byte()
    {
        var found = new ProgrammeLoader().Load(ProgrammeFiles.Of(Contents(
            ("programme.yaml", Encoding.UTF8.GetBytes(Small.Declarations)),
            ("r.yaml", [.. "ruleset: t\nnote: ab"u8, 0xD6, 0xD0, 0xCE])))).Diagnostics.Single();

        Assert.Equal("r.yaml:2:9 YAML_NOT_UTF8", $"{found.Place} {found.Code}");
    }

    [Fact]
    public void A_programme_without_its_main_file_or_folder_says_so()
    {
        var loader = new ProgrammeLoader();

        Assert.Equal(
            "PROGRAMME_MISSING", loader.Load(ProgrammeFiles.Of(Contents())).Diagnostics.Single().Code);
        Assert.Equal("FOLDER_MISSING", loader.Load(ProgrammeFiles.Missing("x")).Diagnostics.Single().Code);
    }

    [Fact]
    public void A_published_version_is_read_again_without_its_cases()
    {
        var files = Small.Files("""
            ruleset: t
            cases:
              - name: no longer so
                event: { type: mall.purchase, store: noodles, paid: 1 }
                expect: { points: 7 }
            """);

        Assert.Null(new ProgrammeLoader().Load(files).Programme);
        Assert.NotNull(new ProgrammeLoader().LoadPublished(files).Programme);
    }

    private static IEnumerable<KeyValuePair<string,
    byte[]>> Contents(params (string Path, byte[] Bytes)[] files) =>
        files.Select(file => KeyValuePair.Create(file.Path, file.Bytes));

    [Fact]
    public void Many_warnings_hide_no_error()
    {
        var rules = new StringBuilder("ruleset: t\nrules:\n");
        for (var rule = 0; rule < 600; rule++)
            rules.Append(
                $"  r{rule}:\n    on: mall.purchase\n    when: 'false'\n    earn: {{ amount: 1 }}\n");
        rules.Append("  last:\n    on: mall.purchase\n    earn: { wallet: pionts, amount: 1 }\n");

        var result = Small.Load(rules.ToString());

        Assert.Null(result.Programme);
        var error = Assert.Single(result.Diagnostics, finding => finding.Severity == Severity.Error);
        Assert.Equal("WALLET_UNKNOWN", error.Code);
        Assert.Contains(
            result.Diagnostics,
            finding => finding is { Code: "TOO_MANY_FINDINGS", Severity: Severity.Warning });
    }
}
