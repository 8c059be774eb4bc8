using MallVip.Client.Admission;
using MallVip.Client.Keys;
using MallVip.Client.Texts;
using MallVip.Grains.Intake;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Hosting;

namespace MallVip.Client.Events;

/// <summary>
/// Many events in one request: answers go out while more come in. A client that takes none of its answers is
/// cut; when a client hangs up, what was handed over stays and the rest is not read; when the silo stops, no
/// more is read and what was read is answered.
/// </summary>
internal sealed class EventStream(
    EventDoor door,
    TestEvents tests,
    AnswerWriters writers,
    StreamSeats seats,
    IHostApplicationLifetime lifetime,
    ApiOptions options,
    TimeProvider time)
{
    /// <summary>An NDJSON upload.</summary>
    public async Task RunAsync(HttpContext context, IntakeOptions intake)
    {
        var caller = Caller.Of(context).Name;
        var seat = seats.Take(caller);
        if (seat != Seat.Taken)
        {
            await Overload.RefuseAsync(context, options, seat);
            return;
        }

        try
        {
            Unbind(context);
            context.Response.ContentType = EventMedia.Lines;
            await using var stopping = lifetime.ApplicationStopping.Register(
                context.Request.BodyReader.CancelPendingRead);
            var check = tests.For(context, intake);
            await AnswerAsync(context, intake, AnswerFraming.Lines, window => Lines(context, window, check));
        }
        finally
        {
            seats.Leave(caller);
        }
    }

    /// <summary>Hands events over and writes their answers as they come.</summary>
    public async Task AnswerAsync(
        HttpContext context,
        IntakeOptions intake,
        AnswerFraming framing,
        Func<LineWindow, IAsyncEnumerable<ReadOnlyMemory<byte>>> source)
    {
        if (intake.Queues)
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            Preference.NoteApplied(context.Response);
        }

        var window = new LineWindow(options.StreamWindowBytes);
        var answers = door.Many(source(window), intake, context.RequestAborted);
        using var pump = new AnswerPump(
            context.Response.BodyWriter, writers.Create(Languages.Of(context.Request)),
            options.UnreadTimeout, time);
        try
        {
            await pump.RunAsync(answers, window, framing, context.RequestAborted);
        }
        catch (TimeoutException)
        {
            context.Abort();
        }
        catch (BadHttpRequestException) when (context.Response.HasStarted)
        {
            context.Abort();
        }
    }

    private IAsyncEnumerable<ReadOnlyMemory<byte>> Lines(
        HttpContext context, LineWindow window, EventCheck? check) =>
        new LineSource(context.Request.BodyReader, window, options.MaxLineBytes, check)
            .ReadAsync(context.RequestAborted);

    /// <summary>A till may keep a stream open all day and send a line now and then.</summary>
    private static void Unbind(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }
}
