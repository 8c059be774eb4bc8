using System.Globalization;
using System.Text.Json;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;
using MallVip.System.Tests.Engine;
using MallVip.System.Tests.RealData;

namespace MallVip.System.Tests.Backtest;

/// <summary><c>mallvip backtest</c> beside a running engine.</summary>
public sealed class BacktestVerbTests
{
    [Fact]
    public async Task It_writes_a_table_json_and_csv_beside_a_running_engine()
    {
        using var folder = new TempFolder();
        await using var history = await Recorded.PlayAsync(1, SqliteJournal.Open(folder.Path));
        var draft = Draft(folder, Recorded.With("event.paid * 3", budget: 2_000));
        string[] args = ["backtest", "--rules", draft, "--data", folder.Path];
        var kept = history.Bought.Sum(bought => bought.Paid - bought.Back);

        var table = await Verb.RunAsync(0, "", args);
        Assert.Contains(table.OutLines, line =>
            line.StartsWith("test/base (points)", StringComparison.Ordinal)
            && line.Contains($"{3 * kept:N0}", StringComparison.Ordinal));
        Assert.Contains("It differs.", table.OutLines);
        Assert.Contains(table.ErrorLines, line => line.EndsWith("100 %", StringComparison.Ordinal));

        var path = folder.File("result.json");
        await Verb.RunAsync(0, "", [.. args, "--format", "json", "--out", path]);
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(path));
        Assert.Equal(Recorded.Shoppers, json.RootElement.GetProperty("members").GetInt32());
        Assert.Equal("settled", json.RootElement.GetProperty("budgets").GetString());
        var row = json.RootElement.GetProperty("rows").EnumerateArray().Single(row =>
            row.GetProperty("section").GetString() == "rule"
            && row.GetProperty("key").GetString() == "test/base");
        Assert.Equal(2 * kept, row.GetProperty("difference").GetInt64());

        var csv = await Verb.RunAsync(0, "", [.. args, "--format", "csv"]);
        Assert.Contains($"rule,test/base,,points,{kept},{3 * kept},{2 * kept},,,,,,", csv.OutLines);
    }

    [Fact]
    public async Task A_history_whose_old_programme_lacked_a_store_says_so_by_code_in_every_format()
    {
        using var folder = new TempFolder();
        await using var history = await Recorded.PlayAsync(
            1, SqliteJournal.Open(folder.Path), Recorded.WithoutBeauty());
        string[] args = ["backtest", "--rules", Draft(folder, Recorded.Rules), "--data", folder.Path];
        var at = history.Host.Now.AddDays(-25).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);

        var table = await Verb.RunAsync(0, "", args);
        var found = Assert.Single(
            table.OutLines, line => line.StartsWith("beauty-hall ", StringComparison.Ordinal)
                && line.Contains(at, StringComparison.Ordinal));
        Assert.Equal(
            ["beauty-hall", "12", "0", "-12"],
            found.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..4]);
        Assert.Contains(table.OutLines, line => line.StartsWith(
            "store_not_declared: These events earn nothing", StringComparison.Ordinal));

        var csv = await Verb.RunAsync(0, "", [.. args, "--format", "csv"]);
        Assert.Contains(csv.OutLines, line => line.StartsWith(
            $"store-not-declared,beauty-hall,,,12,0,-12,,,,store_not_declared,{at}",
            StringComparison.Ordinal));
        var json = await Verb.RunAsync(0, "", [.. args, "--format", "json"]);
        using var read = JsonDocument.Parse(string.Join('\n', json.OutLines));
        var row = read.RootElement.GetProperty("rows").EnumerateArray().Single(
            row => row.TryGetProperty("code", out _));
        Assert.Equal(
            ("store_not_declared", "beauty-hall", 12),
            (row.GetProperty("code").GetString(), row.GetProperty("key").GetString(),
                row.GetProperty("before").GetInt32()));
        Assert.StartsWith(at, row.GetProperty("first").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("These events", row.GetProperty("hint").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_that_does_not_compile_and_wrong_options_are_named_and_nothing_is_written()
    {
        using var folder = new TempFolder();
        await using var history = await Recorded.PlayAsync(1, SqliteJournal.Open(folder.Path));
        var good = Draft(folder, Recorded.Rules);
        var bad = Draft(folder, Recorded.With("event.payed", budget: 1));
        var path = folder.File("never.csv");

        var broken = await Verb.RunAsync(
            2, "", "backtest", "--rules", bad, "--data", folder.Path, "--out", path);
        Assert.Contains(broken.ErrorLines, line => line.Contains("rules.yaml:5:", StringComparison.Ordinal));
        var time = await Verb.RunAsync(
            2, "", "backtest", "--rules", good, "--data", folder.Path, "--from", "yesterday", "--out", path);
        Assert.Contains(time.ErrorLines, line => line.Contains("'yesterday'", StringComparison.Ordinal));
        await Verb.RunAsync(
            2, "", "backtest", "--rules", good, "--data", folder.File("nothing"), "--out", path);
        await Verb.RunAsync(
            1, "", "backtest", "--rules", good, "--data", folder.Path, "--sample", "120%", "--out", path);
        Assert.False(File.Exists(path));
    }

    private static string Draft(TempFolder folder, string rules)
    {
        var into = Directory.CreateDirectory(folder.File($"draft-{rules.GetHashCode(
            StringComparison.Ordinal):x8}")).FullName;
        File.WriteAllText(
            Path.Combine(into, "programme.yaml"),
            TestProgramme.With(Recorded.Rules).Sources["programme.yaml"]);
        File.WriteAllText(Path.Combine(into, "rules.yaml"), rules);
        return into;
    }
}
