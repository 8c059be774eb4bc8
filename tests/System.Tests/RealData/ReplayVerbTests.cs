namespace MallVip.System.Tests.RealData;

/// <summary>The contract of <c>mallvip replay</c> with scripts, to the byte.</summary>
public sealed class ReplayVerbTests : IDisposable
{
    private static readonly string[] Events =
    [
        Bought("e1", "phone:+8613800138000", "2026-03-01T10:00:00+08:00", """ "receipt":"R1","store":"hall","paid":"120.50" """),
        "",
        Bought("e1", "phone:+8613800138000", "2026-03-01T10:00:00+08:00", """ "receipt":"R1","store":"hall","paid":"120.50" """),
        Bought("e2", "card:C-7", "2026-03-02T10:00:00+08:00", """ "receipt":"R2","store":"hall","paid":"1000" """),
        Bought("e3", "card:C-7", "2026-03-05T10:00:00+08:00", """ "receipt":"R3","store":"hall","paid":"50","pointsUsed":100 """),
        "{ this is no event",
        Bought("e4", "card:C-7", "2026-03-06T10:00:00+08:00", """ "receipt":"R4","store":"hall","paid":"-5" """),
        Refunded("e5", "card:C-7", "2026-03-06T11:00:00+08:00", """ "refund":"B1","receipt":"R3","store":"hall","paid":"50" """),
        Bought("e6", "card:C-7", "2026-03-30T10:00:00+08:00", """ "receipt":"R6","store":"hall","paid":"8" """),
    ];

    private readonly DataFolder _folder = new();

    [Fact]
    public async Task A_line_per_member_in_the_order_of_their_ids()
    {
        var console = await ReplayAsync(0);

        var card = """
            {"member":"CARD","identities":["card:C-7"],"wallets":{"points":{"balance":0,"pending":8,"earned":1058,"reversed":50,"spent":100,"expired":1000,"adjusted":100},"growth":{"balance":1008,"pending":0,"earned":1058,"reversed":50,"spent":0,"expired":0,"adjusted":0}},"tier":"gold","tags":["buyer"],"events":4}
            """;
        var phone = """
            {"member":"PHONE","identities":["phone:+8613800138000"],"wallets":{"points":{"balance":0,"pending":0,"earned":120,"reversed":0,"spent":0,"expired":120,"adjusted":0},"growth":{"balance":120,"pending":0,"earned":120,"reversed":0,"spent":0,"expired":0,"adjusted":0}},"tier":"basic","tags":["buyer"],"events":1}
            """;
        Assert.Equal(Sorted(("e2", card, "CARD"), ("e1", phone, "PHONE")), console.OutLines);
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

        Assert.Equal(["""{"line":3,"code":"duplicate"}""", """{"line":6,"code":"invalid_json"}"""], console.ErrorLines);
        var card = """
            {"member":"CARD","identities":["card:C-7"],"wallets":{"points":{"balance":1000,"pending":0,"earned":1000,"reversed":0,"spent":0,"expired":0,"adjusted":0},"growth":{"balance":1000,"pending":0,"earned":1000,"reversed":0,"spent":0,"expired":0,"adjusted":0}},"tier":"gold","tags":["buyer"],"events":1}
            """;
        Assert.Contains(
            card.Trim().Replace("CARD", MemberOf("e2"), StringComparison.Ordinal), console.OutLines);

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
            using var member = global::System.Text.Json.JsonDocument.Parse(line);
            foreach (var wallet in member.RootElement.GetProperty("wallets").EnumerateObject())
            {
                long Of(string name) => wallet.Value.GetProperty(name).GetInt64();
                Assert.Equal(
                    Of("earned") - Of("reversed") - Of("spent") - Of("expired") +
                        Of("adjusted"), Of("balance") + Of("pending"));
            }
        }
    }

    [Fact]
    public async Task What_cannot_be_read_ends_with_2()
    {
        var rules = SmallProgramme.WriteTo(_folder);
        await Verb.RunAsync(2, "", "replay", "--rules", rules, "--events", _folder.File("absent.ndjson"));
        await Verb.RunAsync(
            2, "", "replay", "--rules", _folder.File("absent"), "--events", _folder.File("absent.ndjson"));
        await File.AppendAllTextAsync(Path.Combine(rules, "rules.yaml"), "\n  broken: { on: mall.purchase, "
            + "earn: { amount: event.payed }, limit: { every: day, times: 1 } }\n");
        var console = await Verb.RunAsync(2, "", "replay", "--rules", rules, "--events", await EventsAsync());
        Assert.Contains("rules.yaml:12:", console.ErrorLines[0], StringComparison.Ordinal);
        Assert.Empty(console.OutLines);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<ScriptConsole> ReplayAsync(int exit, params string[] more) => await Verb.RunAsync(
        exit, "",
        ["replay", "--rules", SmallProgramme.WriteTo(_folder), "--events", await EventsAsync(), .. more]);

    private async Task<string> EventsAsync()
    {
        var file = _folder.File("events.ndjson");
        await File.WriteAllLinesAsync(file, Events);
        return file;
    }

    private static string[] Sorted(params (string Event, string Line, string Name)[] members) =>
        [.. members
            .Select(member =>
                member.Line.Trim().Replace(member.Name, MemberOf(member.Event), StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    /// <summary>The first 128 bits of SHA-256 over source, NUL and the id of the enrolling event.</summary>
    private static string MemberOf(string id)
    {
        var hash = global::System.Security.Cryptography.SHA256.HashData(
            global::System.Text.Encoding.UTF8.GetBytes($"till\0{id}"));
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString();
    }

    private static string Bought(string id, string subject, string time, string data) =>
        Event(id, "mall.purchase", subject, time, data);

    private static string Refunded(string id, string subject, string time, string data) =>
        Event(id, "mall.refund", subject, time, data);

    private static string Event(string id, string type, string subject, string time, string data) =>
        $$"""{"specversion":"1.0","id":"{{id}}","source":"till","type":"{{type}}","subject":"{{subject}}","time":"{{time}}","data":{ {{data}} } }""";
}
