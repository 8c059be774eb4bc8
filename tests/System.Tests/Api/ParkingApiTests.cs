using System.Text.Json;
using MallVip.Client;
using MallVip.Client.Wire;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Api;

/// <summary><c>/v1/parking</c> over HTTP.</summary>
public sealed class ParkingApiTests
{
    private const string Lots = """
        parking:
          lots: { p1: { name: Deck One, capacity: 50, tariff: t } }
          tariffs: { t: { free: 10m, rates: { all: { steps: [{ price: 2.50, per: 30m }] } } } }
          entitlements: [grant]
        """;

    [Fact]
    public async Task A_car_comes_in_is_quoted_pays_is_let_out_and_counted()
    {
        await using var host = await EngineHost.StartAsync(new(), Lots);
        var api = new MallVipClient(host.Http);
        var now = TimeProvider.System.GetUtcNow();
        await GateAsync(api, "entry", "B 123", now.AddMinutes(-75));
        await GateAsync(api, "entry", "B 124", now.AddMinutes(-75));

        var quote = await api.QuoteParkingAsync("p1", "B 123");
        var shut = await api.CheckParkingExitAsync(new("p1", "B 123"));
        var paid = await api.PayParkingAsync(
            new("p1", "B 123", new("wx-1", quote.Due), At: quote.At), "k");
        var again = await api.PayParkingAsync(
            new("p1", "B 123", new("wx-1", quote.Due), At: quote.At), "k");
        var open = await api.CheckParkingExitAsync(new("p1", "B 123"));
        await GateAsync(api, "exit", "B 124", now);
        var lot = Assert.Single((await api.GetParkingLotsAsync()).Lots);
        var unpaid = Assert.Single((await api.GetUnpaidParkingAsync("p1")).Visits);

        Assert.Equal(
            ("7.50", "free", "all"), (quote.Due.ToString(), quote.Parts[0].Free, quote.Parts[1].Rate));
        Assert.Equal((false, true), (shut.MayLeave, open.MayLeave));
        Assert.Equal(quote.At.AddMinutes(15), paid.LeaveBy);
        Assert.Equal(paid, again);
        Assert.Equal(("Deck One", 50, 1, 1), (lot.Name, lot.Capacity, lot.Inside, lot.Unpaid));
        Assert.Equal((2L, "7.50"), (unpaid.Number, unpaid.Due?.ToString()));
    }

    [Fact]
    public async Task Staff_give_minutes_and_put_a_plate_right()
    {
        await using var host = await EngineHost.StartAsync(new(), Lots);
        var api = new MallVipClient(host.Http);
        await GateAsync(api, "entry", "B 123", TimeProvider.System.GetUtcNow().AddMinutes(-75));

        var granted = await api.GrantParkingAsync("p1", 1, new(600, "Lift broken."), "g");
        await api.MoveParkingVisitAsync("p1", 1, new("B 128", "Misread."), "m");
        var quote = await api.QuoteParkingAsync("p1", "B 128");

        Assert.Equal(600, granted.Visit!.Granted);
        Assert.Equal("0", quote.Due.ToString());
        Assert.Equal("visit_not_found", await CodeAsync(() => api.QuoteParkingAsync("p1", "B 123")));
        Assert.Equal("unknown_car_park", await CodeAsync(() => api.QuoteParkingAsync("p9", "B 123")));
        Assert.Equal(
            "invalid_identity", await CodeAsync(() => api.QuoteParkingAsync("p1", new string('A', 40))));
        Assert.Equal("visit_not_found", await CodeAsync(
            () => api.GrantParkingAsync("p1", 7, new(5, "No such."), "n")));
        Assert.Equal("amount_differs", await CodeAsync(
            () => api.PayParkingAsync(new("p1", "B 128", new("wx-1", new Money(9m))), "p")));
        Assert.Equal("quote_old", await CodeAsync(() => api.PayParkingAsync(
            new("p1", "B 128", At: TimeProvider.System.GetUtcNow().AddMinutes(-9)), "q")));
    }

    private static async Task<string> CodeAsync(Func<Task> call) =>
        (await Assert.ThrowsAsync<MallVipProblemException>(call)).Problem.Code;

    private static Task<EventAnswerBody> GateAsync(
        MallVipClient api, string what, string plate, DateTimeOffset at) =>
        api.SendEventAsync(new()
        {
            Source = "gate",
            Id = $"{what} {plate}",
            Type = $"parking.{what}",
            Subject = $"plate:{plate}",
            Time = at,
            Data = JsonDocument.Parse($$"""{"lot":"p1","plate":"{{plate}}"}""").RootElement,
        });
}
