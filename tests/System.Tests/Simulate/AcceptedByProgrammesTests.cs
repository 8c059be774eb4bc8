using System.Text.Json;
using MallVip.Rules.Identities;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Programmes.Parsing;
using MallVip.Silo.Hosting;
using MallVip.Silo.Import;
using MallVip.Silo.Simulate;
using MallVip.System.Tests.Import;

namespace MallVip.System.Tests.Simulate;

/// <summary>What the simulator and the library's maps make is what the library's programmes take.</summary>
public sealed class AcceptedByProgrammesTests
{
    [Fact]
    public void Every_simulated_event_is_well_formed_for_the_demo_programme()
    {
        var programme = Load("rules/library/demo");
        var options = new SimulationOptions
        {
            Members = 300,
            EventsPerDay = 500,
            Stores = programme.Stores.Values.OrderBy(store => store.Id, StringComparer.Ordinal)
                .Select(store => new SimulatedStore(store.Id, store.Category)).ToArray(),
            Malls = programme.Malls.Keys.Order(StringComparer.Ordinal).ToArray(),
            Lots = programme.ParkingLots.Keys.Order(StringComparer.Ordinal).ToArray(),
        };
        var parser = new EventParser(programme);
        using var writer = new SimulatedEventWriter(1);
        foreach (var item in EventSimulator.Run(options))
            AssertAccepted(parser, writer.Write(item).ToArray());
    }

    [DataFact]
    public Task Every_basket_is_well_formed_for_the_supermarkets() => AssertImportAccepted(
        ImportKind.Purchases, "completejourney/transactions_sample.csv",
        "completejourney/purchases.map.yaml");

    [DataFact]
    public Task Every_car_is_well_formed_for_the_garages() => AssertImportAccepted(
        ImportKind.Events, "parking/garage_sessions_ev_residential.csv", "garage/sessions.map.yaml");

    private static async Task AssertImportAccepted(ImportKind kind, string csv, string map)
    {
        using var files = new ImportFixture();
        var mapPath = LibraryMaps.Path("rules/library/" + map);
        var csvPath = DataFactAttribute.Path(csv);
        var options = new ImportOptions(kind, csvPath, mapPath) { RejectPath = files.Rejects };
        Assert.Equal(ImportExit.Done, await files.RunAsync(options));
        var programme = Load("rules/library/" + Path.GetDirectoryName(map));
        var parser = new EventParser(programme);
        foreach (var line in files.Sink.Lines)
            AssertAccepted(parser, line.Json);
        Assert.All(
            files.Sink.Events.Where(item => item.GetProperty("type").GetString() == "mall.purchase"),
            item => Assert.True(programme.Stores.ContainsKey(
                item.GetProperty("data").GetProperty("store").GetString()!)));
    }

    private static void AssertAccepted(EventParser parser, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var item = document.RootElement;
        var subject = item.GetProperty("subject").GetString();
        Assert.True(IdentityText.TryParse(subject, out _, out var problem), problem);
        var type = item.GetProperty("type").GetString()!;
        var parsed = parser.Parse(type, item.GetProperty("data"), (kind, value) => $"{kind}:{value}");
        Assert.True(parsed.Data is not null, $"{item}: {string.Join(' ', parsed.Problems)}");
    }

    private static Programme Load(string folder)
    {
        var result = new ProgrammeLoader().Load(ProgrammeFolder.Files(LibraryMaps.Path(folder)));
        Assert.True(result.Programme is not null, string.Join('\n', result.Diagnostics));
        return result.Programme!;
    }
}
