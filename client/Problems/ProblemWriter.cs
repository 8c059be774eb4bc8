using System.Globalization;
using System.Text.Json;
using MallVip.Client.Texts;
using MallVip.Client.Wire;
using MallVip.Grains.Intake;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Problems;

/// <summary>Answers a request with a problem document.</summary>
internal static class ProblemWriter
{
    public const string ContentType = "application/problem+json";

    /// <summary>
    /// Writes the refusal. A response that has begun is cut instead: half an answer must not look whole.
    /// </summary>
    public static Task WriteProblemAsync(
        this HttpContext context, Refusal refusal, TimeSpan? retryAfter = null) =>
        context.WriteProblemAsync(ProblemBody.Of(refusal, Languages.Of(context.Request)), retryAfter);

    public static async Task WriteProblemAsync(
        this HttpContext context, ProblemBody problem, TimeSpan? retryAfter = null)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        var response = context.Response;
        response.StatusCode = problem.Status;
        response.ContentType = ContentType;
        response.Headers.ContentLanguage = Languages.Tag(Languages.Of(context.Request));
        response.Headers.Append("Vary", "Accept-Language");
        if (retryAfter is { } wait)
            response.Headers.RetryAfter = WholeSeconds(wait).ToString(CultureInfo.InvariantCulture);
        var body = JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Readable.ProblemBody);
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static int WholeSeconds(TimeSpan wait) =>
        (int)Math.Ceiling(Math.Clamp(wait.TotalSeconds, 1, 3600));
}
