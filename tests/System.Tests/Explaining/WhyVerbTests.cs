using System.Text;
using System.Text.Json;
using MallVip.Client;
using MallVip.Grains.Intake;
using MallVip.Grains.Tests.Journal;
using MallVip.Silo.Hosting;
using MallVip.System.Tests.Api;
using MallVip.System.Tests.RealData;

namespace MallVip.System.Tests.Explaining;

/// <summary><c>mallvip why</c> beside a journal, and against a running silo.</summary>
public class WhyVerbTests
{
    [Fact]
    public async Task It_reads_a_journal_and_names_rule_file_line_and_values()
    {
        using var folder = new TempFolder();
        await ImportAsync(folder.Path);

        var text = await Verb.RunAsync(0, "", "why", "phone:+8613800138000", "2", "--data", folder.Path);
        var json = await Verb.RunAsync(
            0, "", "why", "phone:+8613800138000", "2", "--line", "1", "--json", "--data", folder.Path);

        Assert.StartsWith("12 points on ", text.Out.ToString(), StringComparison.Ordinal);
        Assert.Contains("event.paid = 123.45", text.Out.ToString(), StringComparison.Ordinal);
        using var why = JsonDocument.Parse(json.Out.ToString()!);
        Assert.Equal("points/base",
            why.RootElement.GetProperty("lines")[0].GetProperty("rule").GetProperty("rule").GetProperty("id")
                .GetString());
    }

    [Theory]
    [InlineData("phone:+8613800138999", "2", "Nobody in this journal is phone:+8613800138999.")]
    [InlineData("phone:+8613800138000", "77", "The member's journal has no entry 77.")]
    public async Task What_is_not_there_ends_with_1(string member, string entry, string says)
    {
        using var folder = new TempFolder();
        await ImportAsync(folder.Path);

        var console = await Verb.RunAsync(1, "", "why", member, entry, "--data", folder.Path);

        Assert.Equal([says], console.ErrorLines);
    }

    [Fact]
    public async Task A_folder_without_a_journal_ends_with_2()
    {
        using var folder = new TempFolder();

        Assert.NotEmpty((await Verb.RunAsync(2, "", "why", "card:1", "1", "--data", folder.Path)).ErrorLines);
    }

    [Fact]
    public async Task It_asks_a_running_silo()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new(["card:1"]), "k1");
        await client.AdjustAsync("card:1", new(50, "till was broken"), "k2");
        var silo = host.Http.BaseAddress!.ToString();

        var console = await Verb.RunAsync(0, "", "why", "card:1", "2", "--to", silo);
        var missing = await Verb.RunAsync(1, "", "why", "card:1", "9", "--to", silo);

        Assert.Contains("till was broken", console.Out.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(missing.ErrorLines);
    }

    /// <summary>One member and one purchase in a journal on disk.</summary>
    private static async Task ImportAsync(string data)
    {
        var (journal, key) = JournalFolder.Open(data);
        await using var engine = await LocalEngine.OpenAsync(
            journal, key, Story.Programme, TimeProvider.System, background: false);
        var answer = await engine.Intake.AcceptAsync(
            Encoding.UTF8.GetBytes(Purchase), new() { Actor = "import", Run = new RunClock("r1") },
            CancellationToken.None);
        Assert.Equal(EventStatus.Accepted, answer.Status);
    }

    private const string Purchase = """
        {"specversion":"1.0","source":"till","id":"e1","type":"mall.purchase","subject":"phone:+8613800138000",
         "time":"2026-03-01T12:00:00+08:00","data":{"receipt":"R1","store":"coat","paid":"123.45"}}
        """;
}
