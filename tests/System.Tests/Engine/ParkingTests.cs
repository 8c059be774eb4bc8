using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Parking;
using MallVip.Grains.Tests.Runtime;
using static MallVip.System.Tests.Engine.ParkingBed;

namespace MallVip.System.Tests.Engine;

/// <summary>Visits to car parks: who is in, what is due, who pays with what.</summary>
public sealed class ParkingTests
{
    private const string Car = "粤B12345";

    [Fact]
    public async Task A_car_that_nobody_knows_parks_pays_and_leaves()
    {
        await using var host = await StartAsync();
        var entered = await EnterAsync(host, Car);
        host.Time.Advance(TimeSpan.FromMinutes(90));

        Assert.Equal(EventStatus.Unclaimed, entered.Status);
        Assert.Equal(1, (await ReadAsync(host)).Open);
        var quote = await QuoteAsync(host, Car);
        Assert.Equal((20m, false), (quote.Plan!.Due, quote.MayLeave));
        Assert.Equal("amount_differs", (await PayAsync(host, Car, 10, "short")).Refusal?.Code);
        var paid = await PayAsync(host, Car, 20, "one");
        Assert.Null(paid.Refusal);
        host.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.True((await QuoteAsync(host, Car)).MayLeave);
        await LeaveAsync(host, Car);

        var view = await ReadAsync(host);
        Assert.Equal((0, 0), (view.Open, view.Unpaid.Length));
        Assert.Equal(("exit", 0m), (view.Recent[0].How, view.Recent[0].Due));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Who_stays_longer_than_the_grace_pays_the_difference_and_who_leaves_so_is_listed()
    {
        await using var host = await StartAsync();
        await EnterAsync(host, Car);
        host.Time.Advance(TimeSpan.FromMinutes(50));
        await PayAsync(host, Car, 10, "one");
        host.Time.Advance(TimeSpan.FromMinutes(16));

        var late = await QuoteAsync(host, Car);
        Assert.Equal((10m, false), (late.Plan!.Due, late.MayLeave));
        await LeaveAsync(host, Car);
        var unpaid = Assert.Single((await ReadAsync(host)).Unpaid);
        Assert.Equal((20m, 10m), (unpaid.Fee, unpaid.Due));
        host.Time.Advance(TimeSpan.FromDays(1));
        Assert.Null((await PayAsync(host, Car, 10, "two")).Refusal);
        Assert.Empty((await ReadAsync(host)).Unpaid);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task An_event_that_comes_twice_counts_once_and_a_key_for_something_else_is_refused()
    {
        await using var host = await StartAsync();
        await EnterAsync(host, Car, id: "e");
        Assert.Equal(EventStatus.Duplicate, (await EnterAsync(host, Car, host.Now, id: "e")).Status);
        Assert.Equal("event_id_reused", (await EnterAsync(host, "粤B54321", id: "e")).Refusal?.Code);
        host.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Null((await PayAsync(host, Car, 10, "one")).Refusal);
        Assert.Null((await PayAsync(host, Car, 10, "one")).Refusal);
        Assert.Equal(
            "payment_known", (await EnterAndPayAsync(host, "粤B54321", "two", "wx-one")).Refusal?.Code);

        var view = await ReadAsync(host);
        Assert.Equal(2, view.Open);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_new_entry_closes_an_open_visit_and_an_exit_before_its_entry_is_listed()
    {
        await using var host = await StartAsync();
        var noon = host.Now;
        await EnterAsync(host, Car, noon.AddMinutes(-60), session: "a");
        await LeaveAsync(host, Car, noon.AddMinutes(-90), session: "a");
        await EnterAsync(host, Car, noon.AddMinutes(-30), session: "b");
        await LeaveAsync(host, Car, noon.AddMinutes(-20), session: "a");
        await EnterAsync(host, Car, noon.AddMinutes(-120), session: "z");
        await LeaveAsync(host, Car, noon, session: "b");
        await LeaveAsync(host, "粤B99999", noon);

        var view = await ReadAsync(host);
        Assert.Equal(0, view.Open);
        Assert.Equal(["unmatched", "late", "before-entry"], view.Listed.Select(one => one.How));
        Assert.Equal(
            ["b exit 10", "a exit-missing 0", "z exit-missing 0"],
            view.Recent.Select(visit => $"{visit.Session} {visit.How} {visit.Due}"));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_plate_of_40_characters_is_refused_by_name()
    {
        await using var host = await StartAsync();
        var plate = new string('A', 40);
        var refused = await EnterAsync(host, plate);

        Assert.NotNull(refused.Refusal);
        Assert.Equal("invalid_identity", (await QuoteAsync(host, plate)).Refusal?.Code);
        Assert.Equal(0, (await ReadAsync(host)).Open);
    }

    [Fact]
    public async Task A_plate_that_was_read_wrongly_is_put_right_and_back()
    {
        await using var host = await StartAsync();
        await EnterAsync(host, "粤B8888Q");
        await EnterAsync(host, Car);
        Assert.Equal("plate_inside", (await MoveAsync(host, 1, Car, "m0")).Refusal?.Code);
        Assert.Null((await MoveAsync(host, 1, "粤B88880", "m1")).Refusal);
        Assert.Equal("visit_not_found", (await QuoteAsync(host, "粤B8888Q")).Refusal?.Code);
        host.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(10m, (await QuoteAsync(host, "粤B88880")).Plan!.Due);
        Assert.Null((await MoveAsync(host, 1, "粤B8888Q", "m2")).Refusal);
        Assert.Null((await MoveAsync(host, 1, "粤B8888Q", "m2")).Refusal);

        Assert.Equal(10m, (await QuoteAsync(host, "粤B8888Q")).Plan!.Due);
        Assert.Equal("visit_not_found", (await MoveAsync(host, 9, "粤B8888Q", "m3")).Refusal?.Code);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task What_the_staff_gives_belongs_to_the_visit_and_an_ambulance_pays_nothing()
    {
        await using var host = await StartAsync();
        await EnterAsync(host, Car);
        await EnterAsync(host, "粤B120", vehicle: "ambulance");
        host.Time.Advance(TimeSpan.FromMinutes(150));
        var granted = await Counter(host).ChangeAsync(
            Lot(host), 1, 60, null, "The lift was broken.", host.Call("g"));
        Assert.Null(granted.Refusal);

        var quote = await QuoteAsync(host, Car);
        Assert.Equal(("grant 60", 20m), (Uses(quote), quote.Plan!.Due));
        Assert.Null((await PayAsync(host, Car, 20, "one")).Refusal);
        host.Time.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal("", Uses(await QuoteAsync(host, Car)));
        Assert.True((await QuoteAsync(host, "粤B120")).MayLeave);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_car_park_remembers_after_a_restart()
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        await using (var host = await StartAsync(journal, time))
        {
            await EnterAsync(host, Car);
            time.Advance(TimeSpan.FromMinutes(30));
            await PayAsync(host, Car, 10, "one");
        }

        await using var after = await StartAsync(journal, time);
        Assert.True((await QuoteAsync(after, Car)).MayLeave);
        Assert.Null((await PayAsync(after, Car, 10, "one")).Refusal);
        Assert.Equal(1, (await ReadAsync(after)).Open);
    }

    private static async Task<ParkingQuote> EnterAndPayAsync(
        EngineHost host, string plate, string key, string money)
    {
        await EnterAsync(host, plate);
        host.Time.Advance(TimeSpan.FromMinutes(5));
        return await PayAsync(host, plate, 10, key, money: money);
    }

    private static Task<ParkingQuote> MoveAsync(EngineHost host, long visit, string to, string key) =>
        Counter(host).ChangeAsync(Lot(host), visit, 0, to, "Read wrongly.", host.Call(key));
}
