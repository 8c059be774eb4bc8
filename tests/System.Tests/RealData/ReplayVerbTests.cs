using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MallVip.System.Tests.Import;

namespace MallVip.System.Tests.RealData;

/// <summary>The contract of <c>mallvip replay</c> with scripts, to the byte.</summary>
public sealed class ReplayVerbTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Fact]
    public async Task A_line_per_member_in_the_order_of_their_ids()
    {
        var console = await ReplayAsync(0);

        Assert.Equal(await File.ReadAllLinesAsync(Golden("replay.members.ndjson")), console.OutLines);
    }

    [Fact]
    public async Task Lines_that_changed_nothing_are_named_on_standard_error()
    {
        var console = await ReplayAsync(0);

        Assert.Equal(
            [
                """{"line":3,"code":"duplicate"}""",
                """{"line":6,"code":"invalid_json"}""",
                """{"line":7,"code":"input_out_of_range"}""",
            ],
            console.ErrorLines);
    }

    [Fact]
    public async Task Until_leaves_later_lines_out_and_is_the_last_word_of_the_clock()
    {
        var console = await ReplayAsync(0, "--until", "2026-03-05T09:00:00+08:00");

        Assert.Equal(
            ["""{"line":3,"code":"duplicate"}""", """{"line":6,"code":"invalid_json"}"""],
            console.ErrorLines);
        var card = JsonDocument.Parse(console.OutLines[0]).RootElement;
        Assert.Equal(MemberOf("e2"), card.GetProperty("member").GetString());
        Assert.Equal(1, card.GetProperty("events").GetInt32());
        var points = card.GetProperty("wallets").GetProperty("points");
        Assert.Equal(1000, points.GetProperty("balance").GetInt64());
        Assert.Equal(0, points.GetProperty("pending").GetInt64());

        var later = await ReplayAsync(0, "--until", "2026-05-01T00:00:00+08:00");
        Assert.All(later.OutLines, line => Assert.Contains("\"tags\":[]", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Out_names_the_file_and_leaves_standard_output_to_nobody()
    {
        var file = _folder.File("members.ndjson");
        var console = await ReplayAsync(0, "--out", file);

        Assert.Empty(console.OutLines);
        Assert.Equal((await ReplayAsync(0)).OutLines, await File.ReadAllLinesAsync(file));
    }

    [Fact]
    public async Task Every_member_adds_up()
    {
        foreach (var line in (await ReplayAsync(0)).OutLines)
        {
            using var member = JsonDocument.Parse(line);
            foreach (var wallet in member.RootElement.GetProperty("wallets").EnumerateObject())
            {
                long Of(string name) => wallet.Value.GetProperty(name).GetInt64();
                Assert.Equal(
                    Of("earned") - Of("reversed") - Of("spent") - Of("expired") + Of("adjusted"),
                    Of("balance") + Of("pending"));
            }
        }
    }

    [Fact]
    public async Task What_cannot_be_read_ends_with_2()
    {
        var rules = SmallProgramme.WriteTo(_folder);
        var absent = _folder.File("absent.ndjson");
        await Verb.RunAsync(2, "", "replay", "--rules", rules, "--events", absent);
        await Verb.RunAsync(2, "", "replay", "--rules", _folder.File("absent"), "--events", absent);
        await File.AppendAllTextAsync(
            Path.Combine(rules, "rules.yaml"),
            "\n  broken:\n    on: mall.purchase\n    earn: { amount: event.payed }\n");
        var console = await Verb.RunAsync(
            2, "", "replay", "--rules", rules, "--events", Golden("replay.events.ndjson"));
        Assert.Contains("rules.yaml:14:", console.ErrorLines[0], StringComparison.Ordinal);
        Assert.Empty(console.OutLines);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<ScriptConsole> ReplayAsync(int exit, params string[] more) => await Verb.RunAsync(
        exit, "",
        [
            "replay", "--rules", SmallProgramme.WriteTo(_folder),
            "--events", Golden("replay.events.ndjson"), .. more,
        ]);

    private static string Golden(string name) => LibraryMaps.Path($"tests/System.Tests/RealData/{name}");

    /// <summary>The first 128 bits of SHA-256 over source, NUL and the id of the enrolling event.</summary>
    private static string MemberOf(string id)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"till\0{id}"));
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString();
    }
}
