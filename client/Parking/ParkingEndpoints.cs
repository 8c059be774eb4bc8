using MallVip.Client.Keys;
using MallVip.Client.Members;
using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Grains.Intake;
using MallVip.Grains.Parking;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Parking;

/// <summary><c>/v1/parking</c>: for pay stations, exit gates and the staff of car parks.</summary>
internal sealed class ParkingEndpoints(ParkingCounter counter, DeskWrite write, ApiOptions options)
{
    private const int LongestText = 500;
    private const int MostGranted = 10_080;

    public async Task LotsAsync(HttpContext context)
    {
        var lots = counter.Lots;
        var views = await Task.WhenAll(lots.Select(counter.ReadAsync));
        var bodies = lots.Zip(views, (lot, view) => new ParkingLotBody(
            lot.Id, lot.Name, lot.Mall.Id, lot.Tariff!.Id, view.Open, view.Unpaid.Length, lot.Capacity));
        await context.WriteJsonAsync(
            StatusCodes.Status200OK, new([.. bodies]), ApiJson.Readable.ParkingLotsBody);
    }

    public async Task QuoteAsync(HttpContext context)
    {
        var request = context.Request;
        var lot = LotOf(QueryReader.Text(request, "lot", 64));
        var quote = Answered(await counter.QuoteAsync(
            lot, QueryReader.Text(request, "plate", 128),
            QueryReader.Number(request, "points", 0, 0, int.MaxValue), QueryReader.Instant(request, "now"),
            QueryReader.Word(request, "coupon", 64)));
        await context.WriteJsonAsync(
            StatusCodes.Status200OK, ParkingWords.Of(lot, quote), ApiJson.Readable.ParkingQuoteBody);
    }

    public async Task PayAsync(HttpContext context)
    {
        RefuseTests(context);
        var body = await write.ReadAsync(context, ApiJson.Default.PayParkingBody);
        var lot = LotOf(body.Lot);
        if (body.Payment is { } payment)
            CheckText(payment.Id, "payment.id");
        if (body.Points < 0)
            throw ApiErrors.InvalidRequest.Thrown("'points' is 0 or more.", "points");
        var call = DeskWrite.Call(context, "parking", "", body, ApiJson.Default.PayParkingBody);
        var done = Answered(await counter.PayAsync(
            lot, body.Plate, body.Points, body.Payment?.Id, body.Payment?.Amount.Amount ?? 0m, body.At,
            call, body.Coupon));
        await WriteAsync(context, lot, done);
    }

    public async Task ExitAsync(HttpContext context)
    {
        var body = await BodyReader.ReadAsync(context, ApiJson.Default.ExitCheckBody, options.MaxEventBytes);
        var lot = LotOf(body.Lot);
        var quote = Answered(await counter.QuoteAsync(lot, body.Plate, 0, null));
        await context.WriteJsonAsync(
            StatusCodes.Status200OK,
            new(quote.MayLeave, quote.MayLeave ? Money.Zero : new(quote.Plan!.Due), lot.Mall.Currency,
                ParkingWords.Of(lot, quote.Visit!)),
            ApiJson.Readable.ExitAnswerBody);
    }

    public async Task UnpaidAsync(HttpContext context)
    {
        RefuseTests(context);
        var only = QueryReader.Word(context.Request, "lot", 64);
        var lots = only is null ? counter.Lots : [LotOf(only)];
        var views = await Task.WhenAll(lots.Select(counter.ReadAsync));
        var visits = lots.Zip(views, (lot, view) => view.Unpaid.Select(visit => ParkingWords.Of(lot, visit)))
            .SelectMany(visit => visit).OrderBy(visit => visit.LeftAt);
        await context.WriteJsonAsync(
            StatusCodes.Status200OK, new([.. visits]), ApiJson.Readable.ParkingVisitsBody);
    }

    public async Task GrantAsync(HttpContext context, string lot, long visit)
    {
        RefuseTests(context);
        var body = await write.ReadAsync(context, ApiJson.Default.GrantParkingBody);
        CheckText(body.Reason, "reason");
        if (body.Minutes is < 1 or > MostGranted)
            throw ApiErrors.InvalidRequest.Thrown($"'minutes' is from 1 to {MostGranted}.", "minutes");
        var call = DeskWrite.Call(
            context, "parking-grant", $"{lot}/{visit}", body, ApiJson.Default.GrantParkingBody);
        var found = LotOf(lot);
        await WriteAsync(context, found, Answered(
            await counter.ChangeAsync(found, visit, body.Minutes, null, body.Reason, call)));
    }

    public async Task MoveAsync(HttpContext context, string lot, long visit)
    {
        RefuseTests(context);
        var body = await write.ReadAsync(context, ApiJson.Default.MoveVisitBody);
        CheckText(body.Reason, "reason");
        var call = DeskWrite.Call(
            context, "parking-plate", $"{lot}/{visit}", body, ApiJson.Default.MoveVisitBody);
        var found = LotOf(lot);
        await WriteAsync(context, found, Answered(
            await counter.ChangeAsync(found, visit, 0, body.To, body.Reason, call)));
    }

    private ParkingLot LotOf(string lot) =>
        counter.FindLot(lot) ?? throw new RefusedException(Refusals.UnknownCarPark);

    private static Task WriteAsync(HttpContext context, ParkingLot lot, ParkingQuote done) =>
        context.WriteJsonAsync(
            StatusCodes.Status200OK, ParkingWords.Answer(lot, done), ApiJson.Readable.ParkingAnswerBody);

    private static ParkingQuote Answered(ParkingQuote quote) =>
        quote.Refusal is { } refusal ? throw new RefusedException(refusal) : quote;

    private static void CheckText(string text, string name)
    {
        if (text.Length is 0 or > LongestText || text.Any(char.IsControl))
            throw ApiErrors.InvalidRequest.Thrown(
                $"'{name}' has 1 to {LongestText} characters, none of them a control one.", name);
    }

    private static void RefuseTests(HttpContext context)
    {
        if (Caller.Of(context).Test)
            throw ApiErrors.NotATestMember.Thrown("Car parks have cars that no test key sent.");
    }
}
