using System.Globalization;
using System.Text.Json;
using MallVip.Silo.Import;

namespace MallVip.System.Tests.Import;

/// <summary>The real data through the maps of the library, against plain LINQ over the same CSV.</summary>
public sealed class RealDataTests
{
    private static readonly Lazy<Task<CollectingSink>> Baskets = new(() => ImportAsync(
        ImportKind.Purchases, "completejourney/transactions_sample.csv",
        "rules/library/completejourney/purchases.map.yaml"));

    private static readonly Lazy<Task<CollectingSink>> Sessions = new(() => ImportAsync(
        ImportKind.Events, "parking/garage_sessions_ev_residential.csv",
        "rules/library/garage/sessions.map.yaml"));

    [DataFact]
    public async Task Every_basket_of_the_supermarket_becomes_one_purchase_with_its_exact_total()
    {
        var csv = DataFactAttribute.Path("completejourney/transactions_sample.csv");
        var sink = await Baskets.Value;
        var expected = Rows(csv).GroupBy(row => row[4])
            .ToDictionary(basket => basket.Key, basket => basket.Sum(row => Money(row[7])));

        var events = sink.Events;
        var totals = events.ToDictionary(
            item => item.GetProperty("id").GetString()!, item => Money(Data(item, "paid")));
        Assert.Equal(47_243, events.Count);
        Assert.Equal(expected.OrderBy(item => item.Key), totals.OrderBy(item => item.Key));
        Assert.Equal(233_935.24m, decimal.Round(totals.Values.Sum(), 2));
        Assert.Equal(255, totals.Values.Count(total => total == 0));
        Assert.Equal(0.0000000000000004440892m, totals["32478901200"] % 0.01m);
    }

    [DataFact]
    public async Task Every_line_of_a_basket_keeps_its_product_and_222_have_none()
    {
        var csv = DataFactAttribute.Path("completejourney/transactions_sample.csv");
        var products = Rows(DataFactAttribute.Path("completejourney/products_in_sample.csv"))
            .ToDictionary(row => row[0], row => row[2]);
        var sink = await Baskets.Value;

        var lines = sink.Events
            .SelectMany(item => item.GetProperty("data").GetProperty("lines").EnumerateArray())
            .ToArray();
        Assert.Equal(75_000, lines.Length);
        Assert.Equal(222, lines.Count(line => !line.TryGetProperty("category", out _)));
        Assert.All(lines, line => Assert.Equal(
            products.GetValueOrDefault(line.GetProperty("sku").GetString()!),
            line.TryGetProperty("category", out var category) ? category.GetString() : null));
        Assert.Equal(32_623, lines.Max(line => line.GetProperty("qty").GetInt32()));
        Assert.Equal(
            2_377, sink.Events.Select(item => item.GetProperty("subject").GetString()).Distinct().Count());
    }

    [DataFact]
    public async Task Baskets_come_in_the_order_of_their_instants_in_New_York()
    {
        var sink = await Baskets.Value;

        Assert.Equal(sink.Lines.OrderBy(line => line.Time).ThenBy(line => line.Line), sink.Lines);
        Assert.Equal("2017-01-01T07:30:27-05:00", sink.Events[0].GetProperty("time").GetString());
        var summer = sink.Events
            .Where(item =>
                item.GetProperty("time").GetString()!.StartsWith("2017-07", StringComparison.Ordinal));
        Assert.All(summer, item =>
            Assert.EndsWith("-04:00", item.GetProperty("time").GetString(), StringComparison.Ordinal));
    }

    [DataFact]
    public async Task The_garage_gives_an_entry_per_session_and_an_exit_for_all_but_34()
    {
        var csv = DataFactAttribute.Path("parking/garage_sessions_ev_residential.csv");
        var sink = await Sessions.Value;

        var kinds = sink.Events.CountBy(item => item.GetProperty("type").GetString()!).ToDictionary();
        Assert.Equal(6_878, kinds["parking.entry"]);
        Assert.Equal(6_878 - 34, kinds["parking.exit"]);
        Assert.Equal(97, sink.Events.Select(item => Data(item, "plate")).Distinct().Count());
        Assert.Equal(Rows(csv).Select(row => row[0]).Order(),
            sink.Events.Where(item => item.GetProperty("type").GetString() == "parking.entry")
                .Select(item => Data(item, "session")).Order());
    }

    [DataFact]
    public async Task In_the_minute_of_the_next_entry_the_garage_lets_out_before_it_lets_in()
    {
        var csv = DataFactAttribute.Path("parking/garage_sessions_ev_residential.csv");
        var sink = await Sessions.Value;
        var place = sink.Events.Select((item, index) => (Id: item.GetProperty("id").GetString()!, index))
            .ToDictionary(item => item.Id, item => item.index);
        var sessions = Rows(csv).Select(row => (Id: row[0], User: row[2], In: row[5], Out: row[6])).ToArray();

        var zero = sessions.Where(session => session.In == session.Out).ToArray();
        Assert.Equal(17, zero.Length);
        Assert.All(zero, session => Assert.True(place[session.Id + ":entry"] < place[session.Id + ":exit"]));
        var entries = sessions.ToLookup(session => (session.User, session.In));
        var handovers = sessions.Where(session => session.In != session.Out)
            .SelectMany(session => entries[(session.User, session.Out)].Select(next => (session, next)))
            .ToArray();
        Assert.NotEmpty(handovers);
        Assert.All(handovers, pair =>
            Assert.True(place[pair.session.Id + ":exit"] < place[pair.next.Id + ":entry"]));
    }

    private static async Task<CollectingSink> ImportAsync(ImportKind kind, string csv, string map)
    {
        using var files = new ImportFixture();
        var csvPath = DataFactAttribute.Path(csv);
        var options = new ImportOptions(kind, csvPath, LibraryMaps.Path(map)) { RejectPath = files.Rejects };
        Assert.Equal(ImportExit.Done, await files.RunAsync(options));
        Assert.False(File.Exists(files.Rejects));
        return files.Sink;
    }

    private static IEnumerable<string[]> Rows(string csv) =>
        File.ReadLines(csv).Skip(1).Select(line => line.Split(','));

    private static string Data(JsonElement item, string name) =>
        item.GetProperty("data").GetProperty(name).GetString()!;

    private static decimal Money(string text) =>
        decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
