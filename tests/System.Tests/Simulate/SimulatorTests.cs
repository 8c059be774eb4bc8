using System.Globalization;
using System.Text;
using System.Text.Json;
using MallVip.Silo.Simulate;
using MallVip.System.Tests.Import;

namespace MallVip.System.Tests.Simulate;

/// <summary>The simulated mall: repeatable, plausible, as disorderly as asked.</summary>
public sealed class SimulatorTests
{
    private static readonly SimulationOptions Mall = new()
    {
        Seed = 7,
        Members = 500,
        Days = 10,
        EventsPerDay = 2_000,
        Stores = [new("s-gold", "jewellery"), new("s-cafe", "dining"), new("s-market", "supermarket")],
        Malls = ["m1", "m2"],
        Lots = ["P1", "P2"],
    };

    [Fact]
    public async Task The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        var disorder = Mall with { DuplicateShare = 0.1, LateShare = 0.1, ReorderShare = 0.1 };
        var first = await FileAsync(disorder);
        Assert.Equal(first, await FileAsync(disorder));
        Assert.NotEqual(first, await FileAsync(disorder with { Seed = 8 }));
    }

    [Fact]
    public async Task Every_line_is_a_cloud_event_with_what_its_type_needs()
    {
        var needed = new Dictionary<string, string[]>
        {
            ["mall.purchase"] = ["receipt", "store", "paid", "lines", "tenders"],
            ["mall.refund"] = ["refund", "store", "receipt", "paid"],
            ["parking.entry"] = ["lot", "plate", "session", "vehicle"],
            ["parking.exit"] = ["lot", "plate", "session", "vehicle"],
            ["visit.door"] = ["mall", "place"],
            ["app.checkin"] = ["page", "place"],
            ["member.registered"] = ["identities", "attributes"],
        };
        var lines = Encoding.UTF8.GetString(await FileAsync(Mall))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var types = new HashSet<string>();
        foreach (var line in lines)
        {
            var item = JsonDocument.Parse(line).RootElement;
            Assert.Equal(["specversion", "id", "source", "type", "subject", "time", "data"],
                item.EnumerateObject().Select(field => field.Name));
            var type = item.GetProperty("type").GetString()!;
            types.Add(type);
            var fields = item.GetProperty("data").EnumerateObject().Select(field => field.Name).ToHashSet();
            Assert.All(needed[type], field => Assert.Contains(field, fields));
            Assert.True(DateTimeOffset.TryParse(
                item.GetProperty("time").GetString(), CultureInfo.InvariantCulture, out _));
        }
        Assert.Equal(needed.Keys.Order(), types.Order());
    }

    [Fact]
    public void The_lines_of_a_receipt_add_up_and_a_refund_names_an_earlier_purchase()
    {
        var bought = new Dictionary<string, SimulatedData.Purchase>();
        var refunds = 0;
        foreach (var item in EventSimulator.Run(Mall))
        {
            if (item.Data is SimulatedData.Purchase purchase)
            {
                Assert.Equal(purchase.PaidCents, purchase.Lines.Sum(line => line.PaidCents));
                bought.Add(purchase.Receipt, purchase);
            }
            if (item.Data is not SimulatedData.Refund refund)
                continue;
            refunds++;
            Assert.Same(bought[refund.Of.Receipt], refund.Of);
            Assert.InRange(refund.Line, 0, refund.Of.Lines.Count);
        }
        Assert.InRange(refunds, bought.Count * 0.01, bought.Count * 0.05);
    }

    [Fact]
    public void Without_disorder_events_come_in_the_order_of_their_time_and_members_register_first()
    {
        var last = DateTimeOffset.MinValue;
        var known = new HashSet<string>();
        foreach (var item in EventSimulator.Run(Mall))
        {
            Assert.True(item.Time >= last);
            last = item.Time;
            if (item.Data is SimulatedData.Registration registration)
                known.UnionWith(registration.Identities);
            Assert.Contains(item.Subject, known);
        }
    }

    [Fact]
    public void Duplicates_late_and_reordered_events_have_their_shares()
    {
        var plain = EventSimulator.Run(Mall).ToArray();
        var options = Mall with { DuplicateShare = 0.05, LateShare = 0.03, ReorderShare = 0.10 };
        var arrived = EventSimulator.Run(options).ToArray();

        Assert.Equal(
            plain.Select(item => item.Id).Order(), arrived.Select(item => item.Id).Distinct().Order());
        var duplicates = arrived.Length - plain.Length;
        Assert.InRange(duplicates, plain.Length * 0.04, plain.Length * 0.06);

        var (late, reordered) = (0, 0);
        var newest = DateTimeOffset.MinValue;
        foreach (var item in arrived.DistinctBy(item => item.Id))
        {
            var behind = newest - item.Time;
            late += behind >= TimeSpan.FromHours(1) ? 1 : 0;
            reordered += behind > TimeSpan.Zero && behind < TimeSpan.FromMinutes(3) ? 1 : 0;
            newest = behind > TimeSpan.Zero ? newest : item.Time;
        }
        // A copy may overtake its late original, and at night nothing is overtaken.
        Assert.InRange(late, plain.Length * 0.02, plain.Length * 0.035);
        Assert.InRange(reordered, plain.Length * 0.03, plain.Length * 0.11);
    }

    [Fact]
    public void Few_members_make_most_visits_and_evenings_are_busier_than_mornings()
    {
        var visits = EventSimulator.Run(Mall).Where(item => item.Type is "mall.purchase" or "visit.door")
            .ToArray();
        var busiest = visits.CountBy(item => item.Subject).OrderByDescending(item => item.Value).Take(50)
            .Sum(item => item.Value);
        Assert.InRange(busiest, visits.Length * 0.5, visits.Length * 0.85);
        var evening = visits.Count(item => item.Time.Hour is 18 or 19);
        Assert.True(evening > 2 * visits.Count(item => item.Time.Hour is 10 or 11));
    }

    [Fact]
    public async Task Wrong_options_are_all_told()
    {
        var console = new TestConsole();
        var wrong = Mall with { Members = 0, Days = 0, Stores = [], LateShare = 2 };
        Assert.Equal(2, await SimulateCommand.RunAsync(new(wrong, null), console, CancellationToken.None));
        Assert.Equal(4, console.Error.ToString()!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Throws<ArgumentException>(() => EventSimulator.Run(wrong));
    }

    private static async Task<byte[]> FileAsync(SimulationOptions options)
    {
        var path = Path.GetTempFileName();
        try
        {
            var exit = await SimulateCommand.RunAsync(
                new(options, path), new TestConsole(), CancellationToken.None);
            Assert.Equal(0, exit);
            return await File.ReadAllBytesAsync(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
