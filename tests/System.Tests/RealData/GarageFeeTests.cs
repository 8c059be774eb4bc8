using MallVip.Grains.Journal;
using MallVip.Grains.Parking;
using MallVip.System.Tests.Import;
using Xunit.Abstractions;

namespace MallVip.System.Tests.RealData;

/// <summary>The garage log as paid parking: every fee against a second calculation.</summary>
public sealed class GarageFeeTests(ITestOutputHelper output)
{
    [DataFact]
    public async Task Every_stay_costs_what_a_count_of_its_minutes_says()
    {
        using var folder = new DataFolder();
        await folder.ImportAsync(
            "events", Stay.Path, $"{Verb.Library("garage")}/sessions.map.yaml", Verb.Library("garage"));
        var visits = await VisitsAsync(folder);
        var stays = Stay.ReadAll().ToDictionary(stay => stay.Id);
        var expected = stays.Values.GroupBy(stay => (stay.User, stay.Garage))
            .SelectMany(group => GarageBook.Of(group).Listed)
            .Where(listed => listed.How != "late")
            .Select(listed => (listed.Session, listed.How, Fee: listed.How == "exit"
                ? GarageFees.Of(stays[listed.Session].In, stays[listed.Session].Out!.Value) : 0))
            .OrderBy(stay => stay.Session, StringComparer.Ordinal).ToArray();

        Assert.Equal(expected, visits.Where(visit => visit.How is not null)
            .Select(visit => (visit.Session!, visit.How!, (int)visit.Fee))
            .OrderBy(visit => visit.Item1, StringComparer.Ordinal));
        Assert.All(visits, visit => Assert.Equal(visit.Fee, visit.Due));
        Assert.True((await folder.AuditAsync()).IsClean);
        output.WriteLine(
            $"{expected.Length} stays cost {expected.Sum(stay => stay.Fee)} NOK, "
            + $"{expected.Count(stay => stay is { Fee: 0, How: "exit" })} of them nothing, "
            + $"the dearest {expected.Max(stay => stay.Fee)}.");
    }

    /// <summary>Folded anew from the entries, with nothing forgotten.</summary>
    private static async Task<IReadOnlyList<ParkingVisit>> VisitsAsync(DataFolder folder)
    {
        var visits = new Dictionary<(UInt128 Lot, long Number), ParkingVisit>();
        foreach (var entry in await folder.ReadJournalAsync())
            if (entry.Grain.Kind == GrainKind.CarPark)
                foreach (var fact in CarParkBody.Parse(entry.Body).Facts)
                    Note(visits, entry.Grain.Id, fact);
        return [.. visits.Values];
    }

    private static void Note(
        Dictionary<(UInt128 Lot, long Number), ParkingVisit> visits, UInt128 lot, CarParkFact fact)
    {
        if (fact is CarParkFact.Entered entered)
            visits.Add((lot, entered.Visit), new()
            {
                Number = entered.Visit,
                Plate = entered.Plate,
                Session = entered.Session,
                EnteredAt = entered.At,
            });
        else if (fact is CarParkFact.Left left)
            visits[(lot, left.Visit)] = visits[(lot, left.Visit)] with
            {
                EndedAt = left.At,
                How = left.How,
                Fee = left.Fee,
                Due = left.Due,
            };
    }
}
