using System.Globalization;
using System.Text;
using MallVip.Client;
using MallVip.Client.Wire;
using MallVip.Rules.Programmes.Loading;
using MallVip.Silo.Hosting;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Serve;

namespace MallVip.System.Tests.RealData;

/// <summary>
/// A mall moves: a file of members is imported, and everything in it is asked of a silo, row by row.
/// </summary>
public sealed class MembersReadBackTests : IDisposable
{
    private const int Count = 150;

    private const string Map = """
        map: 1
        time: { zone: Asia/Shanghai }
        group-by: card
        source: old-crm
        member:
          id: "{card}"
          enrolled: "{joined}"
          identities: ["card:{card}", "phone:+86{phone}"]
          attributes: { name: "{name}", birthday: "{birthday}" }
          wallets:
            points: { amount: points, expires: "{points_until}", activates: "{points_from}" }
            growth: { amount: growth }
          tier: { id: "{level}", until: "{level_until}" }
          tags:
            - { tag: "{labels}", split: "|" }
            - { tag: "{club}", until: "{club_until}" }
        """;

    private static readonly string[] Columns =
    [
        "card", "phone", "name", "birthday", "joined", "points", "points_from", "points_until", "growth",
        "level", "level_until", "labels", "club", "club_until",
    ];

    private readonly DataFolder _folder = new();
    private readonly string _rules;

    public MembersReadBackTests()
    {
        _rules = SmallProgramme.WriteTo(_folder);
        File.WriteAllText(_folder.File("map.yaml"), Map);
    }

    private string Csv => _folder.File("members.csv");

    [Fact]
    public async Task Everything_in_the_file_is_read_back_and_a_second_run_changes_nothing()
    {
        await File.WriteAllTextAsync(Csv, Write(new Random(20_261_123)));
        Assert.Equal((Count, 0), await ImportAsync());
        var rows = Read();
        var first = await AskAsync(rows.Keys);

        Assert.Equal(Count, rows.Count);
        foreach (var (card, lines) in rows)
            AssertSame(lines, first[card]);

        var end = await _folder.PositionAsync();
        Assert.Equal((0, Count), await ImportAsync());
        Assert.Equal(end, await _folder.PositionAsync());
        var second = await AskAsync(rows.Keys);
        Assert.All(rows.Keys, card => Assert.Equal(Shown(first[card]), Shown(second[card])));
        Assert.True((await _folder.AuditAsync()).IsClean);
    }

    public void Dispose() => _folder.Dispose();

    private static void AssertSame(List<Row> rows, MemberBody member)
    {
        var row = rows[0];
        string[] identities = row["phone"].Length > 0
            ? [$"card:{row["card"]}", $"phone:+86{row["phone"]}"] : [$"card:{row["card"]}"];
        Assert.Equal(identities, member.Identities.AsEnumerable());
        Assert.Equal(row["name"], member.Attributes["name"]);
        Assert.Equal(Some(row["birthday"]), member.Attributes.GetValueOrDefault("birthday"));
        Assert.Equal(Day(row["joined"]), member.EnrolledAt);
        AssertBalances(rows, member);
        Assert.Equal(
            (Some(row["level"]) ?? "basic", row["level"].Length > 0 ? End(row["level_until"]) : null),
            (member.Tier!.Id, member.Tier.Until));
        Assert.Equal(
            TagsOf(rows).OrderBy(tag => tag.Tag, StringComparer.Ordinal),
            member.Tags.Select(tag => (tag.Tag, tag.Until)).OrderBy(tag => tag.Tag, StringComparer.Ordinal));
        Assert.All(member.Tags, tag => Assert.Equal(member.EnrolledAt, tag.Since));
    }

    private static void AssertBalances(List<Row> rows, MemberBody member)
    {
        var points = rows.Where(row => row.Number("points") > 0).ToArray();
        var wallet = member.Wallets.FirstOrDefault(wallet => wallet.Wallet == "points");
        Assert.Equal(
            (points.Where(row => row["points_from"].Length == 0).Sum(row => row.Number("points")),
                points.Where(row => row["points_from"].Length > 0).Sum(row => row.Number("points"))),
            (wallet?.Balance ?? 0, wallet?.Pending ?? 0));
        Assert.Equal(
            from row in points
            where row["points_from"].Length == 0 && row["points_until"].Length > 0
            group row.Number("points") by End(row["points_until"])!.Value into lots
            orderby lots.Key
            select new ExpiringBody("points", lots.Sum(), lots.Key),
            member.Expiring);
        Assert.Equal(
            rows.Sum(row => row.Number("growth")),
            member.Wallets.FirstOrDefault(wallet => wallet.Wallet == "growth")?.Balance ?? 0);
    }

    /// <summary>Each once, of several ends the latest; a tag without an end has none.</summary>
    private static IEnumerable<(string Tag, DateTimeOffset? Until)> TagsOf(List<Row> rows) =>
        from row in rows
        from tag in row["labels"].Split('|').Select(label => (Name: label, End: (DateTimeOffset?)null))
            .Append((Name: row["club"], End: End(row["club_until"])))
        where tag.Name.Length > 0
        group tag.End by tag.Name into ends
        select (ends.Key, ends.Contains(null) ? null : ends.Max());

    private static string Write(Random random)
    {
        var text = new StringBuilder(string.Join(',', Columns)).Append('\n');
        string Maybe(string value, int of = 2) => random.Next(of) == 0 ? "" : value;
        string Later() => $"20{random.Next(90, 98)}-{random.Next(1, 13):00}-{random.Next(1, 29):00}";
        for (var i = 1; i <= Count; i++)
        {
            var level = Maybe("gold");
            string[] member =
            [
                $"C-{i:000}", Maybe($"13{800_000_000 + i}"), $"Name {i}",
                Maybe($"{random.Next(1, 13):00}-{random.Next(1, 29):00}"),
                $"{random.Next(2015, 2025)}-{random.Next(1, 13):00}-{random.Next(1, 29):00}",
            ];
            string[] tier = [level, level.Length > 0 ? Later() : ""];
            for (var rows = random.Next(1, 4); rows > 0; rows--)
            {
                var club = Maybe($"club-{random.Next(3)}");
                string[] row =
                [
                    .. member, $"{random.Next(0, 5_000)}", Maybe(Later(), 3), Maybe("2099-06-30"),
                    Maybe($"{random.Next(0, 900)}"), .. tier, Maybe("vip|press", 3), club,
                    club.Length > 0 ? Maybe(Later()) : "",
                ];
                text.Append(string.Join(',', row)).Append('\n');
            }
        }

        return text.ToString();
    }

    private Dictionary<string, List<Row>> Read() => File.ReadLines(Csv).Skip(1)
        .Select(line => new Row(
            Columns.Zip(line.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second)))
        .GroupBy(row => row["card"]).ToDictionary(group => group.Key, group => group.ToList());

    private async Task<(int Accepted, int Duplicate)> ImportAsync()
    {
        var summary = await _folder.ImportAsync("members", Csv, _folder.File("map.yaml"), _rules);
        Assert.Equal(
            (0, 0),
            (summary.GetProperty("rejectedLines").GetInt32(),
                summary.GetProperty("rejectedRows").GetInt32()));
        return (summary.GetProperty("accepted").GetInt32(), summary.GetProperty("duplicate").GetInt32());
    }

    /// <summary>Every member, of a silo that serves the folder.</summary>
    private async Task<Dictionary<string, MemberBody>> AskAsync(IEnumerable<string> cards)
    {
        await using var silo = await SiloApp.StartAsync(
            new(_rules, JournalChoice.InFolder(_folder.Data), "http://127.0.0.1:0"),
            new ProgrammeLoader().Load(ProgrammeFolder.Files(_rules)), new(), TimeProvider.System,
            CancellationToken.None);
        using var http = new HttpClient { BaseAddress = new(silo.Urls.Single()) };
        var client = new MallVipClient(http);
        var members = new Dictionary<string, MemberBody>();
        foreach (var card in cards)
            members[card] = (await client.GetMemberAsync($"card:{card}"))!;
        return members;
    }

    private static string Shown(MemberBody member) =>
        global::System.Text.Json.JsonSerializer.Serialize(member, ApiJson.Default.MemberBody);

    private static string? Some(string text) => text.Length == 0 ? null : text;

    private static DateTimeOffset Day(string day) =>
        new(DateTime.Parse(day, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    /// <summary>At the 24:00 of the day.</summary>
    private static DateTimeOffset? End(string day) => day.Length == 0 ? null : Day(day).AddDays(1);

    private sealed record Row(Dictionary<string, string> Cells)
    {
        public string this[string column] => Cells[column];

        public long Number(string column) =>
            this[column].Length == 0 ? 0 : long.Parse(this[column], CultureInfo.InvariantCulture);
    }
}
