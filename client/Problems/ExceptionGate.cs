using System.Diagnostics;
using MallVip.Client.Texts;
using MallVip.Grains.Admission;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Rules.Checking;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MallVip.Client.Problems;

/// <summary>
/// Turns what is thrown into a problem. What nobody foresaw is logged by type and stack: messages may quote a
/// request, and requests hold personal data.
/// </summary>
internal sealed partial class ExceptionGate(RequestDelegate next, ILogger<ExceptionGate> log)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception gone) when (IsClientGone(context, gone))
        {
            LogGone(context.GetEndpoint()?.DisplayName, gone.GetType().Name);
            context.Abort();
            return;
        }
        catch (RefusedException refused)
        {
            await context.WriteProblemAsync(refused.Refusal, refused.RetryAfter);
        }
        catch (Exception full) when (RuntimeFailures.IsOverload(full))
        {
            await context.WriteProblemAsync(
                ApiErrors.Overloaded.Refuse("More is asked of the engine than it can take now."),
                (full as GrainOverloadedException)?.RetryAfter ?? Soon);
        }
        catch (JournalOverloadedException full)
        {
            await context.WriteProblemAsync(
                ApiErrors.Overloaded.Refuse("The journal has more to write than it can take now."),
                full.RetryAfter);
        }
        catch (AppendFailedException)
        {
            await context.WriteProblemAsync(
                ApiErrors.StorageUnavailable.Refuse(
                    "It could not be recorded; whether it was is not known."), Soon);
        }
        catch (IndexRebuildingException)
        {
            await context.WriteProblemAsync(
                ApiErrors.StorageUnavailable.Refuse("An index is made anew; see /readyz."), Soon);
        }
        catch (Exception silent) when (silent is JournalUnreachableException or JournalUnsettledException)
        {
            await context.WriteProblemAsync(ApiErrors.StorageUnavailable.Refuse(OfStore(silent)), Soon);
        }
        catch (Exception stopping) when (RuntimeFailures.IsStopping(stopping))
        {
            await context.WriteProblemAsync(ApiErrors.Stopping.Refuse("This silo is stopping."), Soon);
        }
        catch (ProgrammeNotLoadedException)
        {
            await context.WriteProblemAsync(
                ApiErrors.StorageUnavailable.Refuse("The programme that is due is not loaded here."), Soon);
        }
        catch (BadHttpRequestException bad)
        {
            await context.WriteProblemAsync(OfHttp(bad).Refuse("The request could not be read to its end."));
        }
        catch (Exception unknown)
        {
            await AnswerUnknownAsync(context, unknown);
        }

        if (!context.Response.HasStarted)
            await DescribeBareStatusAsync(context);
    }

    /// <summary>404, 405 and 415 come from routing without a body.</summary>
    private static Task DescribeBareStatusAsync(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound =>
            context.WriteProblemAsync(ApiErrors.NotFound.Refuse("There is no such path.")),
        StatusCodes.Status405MethodNotAllowed => context.WriteProblemAsync(
            ApiErrors.MethodNotAllowed.Refuse($"{context.Request.Method} does not apply to this path.")),
        StatusCodes.Status415UnsupportedMediaType => context.WriteProblemAsync(
            ApiErrors.UnsupportedMediaType.Refuse("This path does not accept the request's content type.")),
        _ => Task.CompletedTask,
    };

    private async Task AnswerUnknownAsync(HttpContext context, Exception unknown)
    {
        var trace = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
        LogUnknown(trace, context.GetEndpoint()?.DisplayName, Describe(unknown));
        var problem = ProblemBody.Of(
            ApiErrors.Internal.Refuse("The cause is in the silo's log under the trace id."),
            Languages.Of(context.Request));
        await context.WriteProblemAsync(problem with { TraceId = trace });
    }

    private static bool IsClientGone(HttpContext context, Exception gone) =>
        context.RequestAborted.IsCancellationRequested && gone is OperationCanceledException or IOException;

    private static Sentence OfStore(Exception silent)
    {
        Sentence full = "The journal's disk is full; see /readyz.";
        Sentence away = "The journal cannot be reached or written; see /readyz.";
        return silent is JournalUnreachableException { Trouble: StoreTrouble.Full } ? full : away;
    }

    private static ApiError OfHttp(BadHttpRequestException bad) => bad.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => ApiErrors.BodyTooLarge,
        StatusCodes.Status415UnsupportedMediaType => ApiErrors.UnsupportedMediaType,
        _ => ApiErrors.IncompleteBody,
    };

    private static string Describe(Exception thrown)
    {
        var text = $"{thrown.GetType().FullName}{Environment.NewLine}{thrown.StackTrace}";
        return thrown.InnerException is { } inner
            ? $"{text}{Environment.NewLine}caused by {Describe(inner)}"
            : text;
    }

    [LoggerMessage(1, LogLevel.Error, "Request {TraceId} to {Endpoint} failed: {Failure}")]
    private partial void LogUnknown(string traceId, string? endpoint, string failure);

    [LoggerMessage(2, LogLevel.Debug, "The client of {Endpoint} is gone ({Reason})")]
    private partial void LogGone(string? endpoint, string reason);
}
