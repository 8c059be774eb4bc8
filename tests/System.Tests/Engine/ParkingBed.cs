using System.Collections.Immutable;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Parking;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Commands;
using MallVip.Rules.Coupons;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Engine;

/// <summary>
/// A car park at 10 an hour, 20 on holidays, 3 by night; two free hours a day for gold, one for each 100 of
/// the day's spend, one for 50 points.
/// </summary>
internal static class ParkingBed
{
    public static readonly Programme Garages = TestProgramme.Also("""
        calendars: { holidays: { yearly: [11-24] } }
        coupons:
          hour: { parking: 1h, valid: { days: 30 } }
          sunday: { parking: 1h, valid: { days: 30 }, scope: { days: [sun] } }
          cash: { off: 5, valid: { days: 30 } }
        parking:
          lots:
            p1: { mall: bay, capacity: 100, tariff: city, grace: 15m, exceptions: [ambulance] }
            p2: { mall: bay, tariff: city }
            open: Free for all
          tariffs:
            city:
              rates:
                day: { hours: "06:00-24:00", steps: [{ price: 10, per: 1h }] }
                night: { hours: "00:00-06:00", steps: [{ price: 3, per: 1h }] }
                feast: { on: holidays, steps: [{ price: 20, per: 1h }] }
          entitlements:
            - { tier: gold, hours: 2 }
            - { spend: 100, per: 1h, most: 3h }
            - coupon
            - { points: 50, per: 1h }
            - grant
        """);

    public static Task<EngineHost> StartAsync() => StartAsync(new MemoryJournal(), new ManualTime());

    public static Task<EngineHost> StartAsync(IJournal journal, ManualTime time, bool background = false) =>
        EngineHost.StartAsync(journal, time, background, Garages);

    public static ParkingCounter Counter(EngineHost host) =>
        host.Engine.Services.GetRequiredService<ParkingCounter>();

    public static ParkingLot Lot(EngineHost host, string lot = "p1") => Counter(host).FindLot(lot)!;

    public static Task<EventAnswer> EnterAsync(
        EngineHost host, string plate, DateTimeOffset? at = null, string lot = "p1", string? session = null,
        string? vehicle = null, string? id = null) =>
        GateAsync(host, "entry", plate, at, lot, session, vehicle, id);

    public static Task<EventAnswer> LeaveAsync(
        EngineHost host, string plate, DateTimeOffset? at = null, string lot = "p1", string? session = null,
        string? id = null) => GateAsync(host, "exit", plate, at, lot, session, null, id);

    /// <summary>Somebody with a phone and these cars.</summary>
    public static async Task<MemberId> OwnerAsync(EngineHost host, int phone, params string[] plates)
    {
        var answer = await host.Engine.Desk.RegisterAsync(
            new([Till.Phone(phone), .. plates.Select(plate => $"plate:{plate}")], "bay",
                ImmutableSortedDictionary<string, string>.Empty),
            host.Call($"owner-{phone}"), default).WaitAsync(EngineHost.Patience);
        Assert.True(answer.Refusal is null, answer.Refusal?.Detail);
        return answer.Member!.Value;
    }

    /// <summary>Gives a member a coupon.</summary>
    public static async Task GrantAsync(EngineHost host, MemberId member, string template)
    {
        var answer = await host.CommandAsync(
            member, new MemberCommand.GrantCoupon(template, CouponCause.Hand, null));
        Assert.True(answer.Refusal is null, answer.Refusal?.Detail);
    }

    public static Task<ParkingQuote> QuoteAsync(
        EngineHost host, string plate, long points = 0, DateTimeOffset? at = null, string lot = "p1",
        string? coupon = null) =>
        Counter(host).QuoteAsync(Lot(host, lot), plate, points, at, coupon).WaitAsync(EngineHost.Patience);

    public static Task<ParkingQuote> PayAsync(
        EngineHost host, string plate, decimal amount, string key, long points = 0, string lot = "p1",
        string? money = null, string? coupon = null) =>
        Counter(host).PayAsync(
            Lot(host, lot), plate, points, amount == 0 ? null : money ?? $"wx-{key}", amount, null,
            host.Call(key), coupon).WaitAsync(EngineHost.Patience);

    public static Task<CarParkView> ReadAsync(EngineHost host, string lot = "p1") =>
        Counter(host).ReadAsync(Lot(host, lot)).WaitAsync(EngineHost.Patience);

    /// <summary>Uses as a line: <c>tier 120, spend 60</c>.</summary>
    public static string Uses(ParkingQuote quote)
    {
        Assert.True(quote.Refusal is null, quote.Refusal?.Detail);
        return string.Join(", ", quote.Plan!.Uses.Select(use => $"{use.Source} {use.Minutes}"));
    }

    private static Task<EventAnswer> GateAsync(
        EngineHost host, string what, string plate, DateTimeOffset? at, string lot, string? session,
        string? vehicle, string? id)
    {
        var time = at ?? host.Now;
        var more = (session is null ? "" : $",\"session\":\"{session}\"")
            + (vehicle is null ? "" : $",\"vehicle\":\"{vehicle}\"");
        return host.SendAsync(Till.Event(
            id ?? $"{lot}/{plate}/{what}/{time:O}", $"parking.{what}", $"plate:{plate}", time,
            $"{{\"lot\":\"{lot}\",\"plate\":\"{plate}\"{more}}}"));
    }
}
