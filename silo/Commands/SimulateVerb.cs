using System.CommandLine;
using MallVip.Rules.Programmes;
using MallVip.Silo.Hosting;
using MallVip.Silo.Simulate;

namespace MallVip.Silo.Commands;

internal static class SimulateVerb
{
    public static Command Create(IConsoleOutput console)
    {
        var rules = SharedOptions.Rules();
        var seed = SharedOptions.Seed();
        var members = Number("--members", 10_000);
        var days = Number("--days", 7);
        var perDay = Number("--events-per-day", 10_000);
        var duplicates = Share("--duplicates");
        var reordered = Share("--reordered");
        var late = Share("--late");
        var start = new Option<DateTimeOffset>("--start")
        {
            DefaultValueFactory = _ => new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(8)),
        };
        var output = new Option<string?>("--out");
        var verb = new Command("simulate")
        {
            rules, seed, members, days, perDay, duplicates, reordered, late, start, output,
        };
        verb.SetAction(async (parsed, cancellation) =>
        {
            if (ProgrammeFolder.Load(parsed.GetValue(rules)!, console.Error) is not { } programme)
                return 2;
            var simulation = Of(programme) with
            {
                Seed = parsed.GetValue(seed),
                Members = parsed.GetValue(members),
                Days = parsed.GetValue(days),
                EventsPerDay = parsed.GetValue(perDay),
                DuplicateShare = parsed.GetValue(duplicates),
                ReorderShare = parsed.GetValue(reordered),
                LateShare = parsed.GetValue(late),
                Start = parsed.GetValue(start),
            };
            return await SimulateCommand.RunAsync(
                new(simulation, parsed.GetValue(output)), console, cancellation);
        });
        return verb;
    }

    private static SimulationOptions Of(Programme programme) => new()
    {
        Stores = [.. programme.Stores.Values.OrderBy(store => store.Id, StringComparer.Ordinal)
            .Select(store => new SimulatedStore(store.Id, store.Category))],
        Malls = [.. programme.Malls.Keys.Order(StringComparer.Ordinal)],
        Lots = [.. programme.ParkingLots.Keys.Order(StringComparer.Ordinal).DefaultIfEmpty("P1")],
    };

    private static Option<int> Number(string name, int value) =>
        new(name) { DefaultValueFactory = _ => value };

    private static Option<double> Share(string name) => new(name);
}
