using MallVip.Client.Wire;

namespace MallVip.Client;

/// <summary>Car parks: quotes, payments, exits.</summary>
public sealed partial class MallVipClient
{
    /// <summary>Car parks with a tariff.</summary>
    public Task<ParkingLotsBody> GetParkingLotsAsync(CancellationToken cancellation = default) => CallAsync(
        () => new(HttpMethod.Get, "v1/parking/lots"), ApiJson.Default.ParkingLotsBody, cancellation);

    /// <summary>What a visit costs, and what paying would use.</summary>
    /// <param name="points">The most points to use.</param>
    /// <param name="now">When it is paid; null: now.</param>
    /// <param name="coupon">The number or the code of a coupon of the member; null: none.</param>
    /// <exception cref="MallVipProblemException">No such car is known there, or the coupon is not taken.
    /// </exception>
    public Task<ParkingQuoteBody> QuoteParkingAsync(
        string lot, string plate, long points = 0, DateTimeOffset? now = null, string? coupon = null,
        CancellationToken cancellation = default)
    {
        var query = $"lot={Uri.EscapeDataString(lot)}&plate={Uri.EscapeDataString(plate)}&points={points}";
        if (now is { } instant)
            query += $"&now={Uri.EscapeDataString(instant.ToString("O"))}";
        if (coupon is not null)
            query += $"&coupon={Uri.EscapeDataString(coupon)}";
        return CallAsync(
            () => new(HttpMethod.Get, $"v1/parking/quote?{query}"), ApiJson.Default.ParkingQuoteBody,
            cancellation);
    }

    /// <summary>Pays for a visit.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    /// <exception cref="MallVipProblemException">It was refused, and nothing is recorded.</exception>
    public Task<ParkingAnswerBody> PayParkingAsync(
        PayParkingBody body, string key, bool dryRun = false, CancellationToken cancellation = default) =>
        CallAsync(
            () => Keyed(
                Post($"v1/parking/pay{DryRun(dryRun)}", body, ApiJson.Default.PayParkingBody, Json), key),
            ApiJson.Default.ParkingAnswerBody, cancellation);

    /// <summary>Asks at the exit whether a car may leave.</summary>
    public Task<ExitAnswerBody> CheckParkingExitAsync(
        ExitCheckBody body, CancellationToken cancellation = default) => CallAsync(
        () => Post("v1/parking/exit-check", body, ApiJson.Default.ExitCheckBody, Json),
        ApiJson.Default.ExitAnswerBody, cancellation);

    /// <summary>Visits that left without paying.</summary>
    /// <param name="lot">Null: of all lots.</param>
    public Task<ParkingVisitsBody> GetUnpaidParkingAsync(
        string? lot = null, CancellationToken cancellation = default) => CallAsync(
        () => new(HttpMethod.Get, $"v1/parking/unpaid?lot={Uri.EscapeDataString(lot ?? "")}"),
        ApiJson.Default.ParkingVisitsBody, cancellation);

    /// <summary>Gives a visit free minutes.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<ParkingAnswerBody> GrantParkingAsync(
        string lot, long visit, GrantParkingBody body, string key,
        CancellationToken cancellation = default) => CallAsync(
            () => Keyed(
                Post($"{Visit(lot, visit)}/grant", body, ApiJson.Default.GrantParkingBody, Json), key),
            ApiJson.Default.ParkingAnswerBody, cancellation);

    /// <summary>Puts a plate right that was read wrongly.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<ParkingAnswerBody> MoveParkingVisitAsync(
        string lot, long visit, MoveVisitBody body, string key, CancellationToken cancellation = default) =>
        CallAsync(
            () => Keyed(Post($"{Visit(lot, visit)}/plate", body, ApiJson.Default.MoveVisitBody, Json), key),
            ApiJson.Default.ParkingAnswerBody, cancellation);

    private static string Visit(string lot, long visit) =>
        $"v1/parking/lots/{Uri.EscapeDataString(lot)}/visits/{visit}";
}
