using System.Globalization;
using MallVip.Client.Problems;
using MallVip.Grains.Admission;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Admission;

/// <summary>How a caller is told to come back later.</summary>
internal static class Overload
{
    private static readonly TimeSpan SeatWait = TimeSpan.FromSeconds(5);

    /// <summary>429: the queues before the grains are full.</summary>
    public static Task RefuseAsync(
        HttpContext context, AdmissionOptions options, GrainOverloadedException full)
    {
        SetRateLimit(context, options.MaxInFlightPerCaller + options.MaxWaitingPerCaller, full.RetryAfter);
        return context.WriteProblemAsync(
            ApiErrors.TooManyRequests.Refuse("More requests wait than can be answered soon."),
            full.RetryAfter);
    }

    /// <summary>429 or 503: too many streams are open.</summary>
    public static Task RefuseAsync(HttpContext context, ApiOptions options, Seat seat)
    {
        SetRateLimit(context, options.MaxStreamsPerCaller, SeatWait);
        var refusal = seat == Seat.CallerBusy
            ? ApiErrors.TooManyRequests.Refuse("This caller has too many streams open.")
            : ApiErrors.Overloaded.Refuse("Too many streams are open.");
        return context.WriteProblemAsync(refusal, SeatWait);
    }

    /// <summary>The fields of draft-ietf-httpapi-ratelimit-headers, for a quota of calls at once.</summary>
    private static void SetRateLimit(HttpContext context, int quota, TimeSpan wait)
    {
        var headers = context.Response.Headers;
        headers["RateLimit-Policy"] = string.Create(
            CultureInfo.InvariantCulture, $"\"concurrency\";q={quota}");
        headers["RateLimit"] = string.Create(
            CultureInfo.InvariantCulture, $"\"concurrency\";r=0;t={Math.Ceiling(wait.TotalSeconds)}");
    }
}
