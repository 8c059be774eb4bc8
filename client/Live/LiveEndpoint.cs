using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using MallVip.Client.Admission;
using MallVip.Client.Keys;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;

namespace MallVip.Client.Live;

/// <summary><c>GET /v1/live</c>: server-sent events, <c>entry</c> and each second <c>counters</c>.</summary>
internal sealed class LiveEndpoint(
    LiveHub hub, LiveRelay relay, LiveSeats seats, IHostApplicationLifetime lifetime, ApiOptions options,
    TimeProvider time)
{
    public async Task StreamAsync(HttpContext context)
    {
        var caller = Caller.Of(context).Name;
        var seat = seats.Take(caller);
        if (seat != Seat.Taken)
        {
            await Overload.RefuseAsync(context, options, seat);
            return;
        }

        // Followed before the welcome is sent: whoever has been welcomed misses nothing.
        var client = hub.Join(LastSeen(context.Request));
        relay.Follow();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            Begin(context);
            await SendAsync(client, context.Response.BodyWriter, end.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or TimeoutException)
        {
            if (!lifetime.ApplicationStopping.IsCancellationRequested)
                context.Abort();
        }
        finally
        {
            hub.Leave(client);
            seats.Leave(caller);
        }
    }

    private static void Begin(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private async Task SendAsync(LiveClient client, PipeWriter output, CancellationToken end)
    {
        Write(output, ": welcome\nretry: 2000\n\n");
        await FlushAsync(output, end);
        while (await client.Messages.WaitToReadAsync(end))
        {
            while (client.Messages.TryRead(out var message))
                Write(output, message);
            await FlushAsync(output, end);
        }

        Write(output, ": dropped, too slow; come back with Last-Event-ID\n\n");
        await FlushAsync(output, end);
    }

    private static void Write(PipeWriter output, LiveMessage message)
    {
        if (message.Pos is { } pos)
            Write(output, string.Create(CultureInfo.InvariantCulture, $"id: {pos}\n"));
        Write(output, $"event: {message.Name}\ndata: ");
        message.Json.CopyTo(output.GetSpan(message.Json.Length));
        output.Advance(message.Json.Length);
        Write(output, "\n\n");
    }

    private static void Write(PipeWriter output, string text)
    {
        var span = output.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length));
        output.Advance(Encoding.UTF8.GetBytes(text, span));
    }

    private Task<FlushResult> FlushAsync(PipeWriter output, CancellationToken end) =>
        output.FlushAsync(end).AsTask().WaitAsync(options.UnreadTimeout, time, end);

    private static long? LastSeen(HttpRequest request) => long.TryParse(
        request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture,
        out var seen) ? seen : null;
}

/// <summary>The seats of the live feed, apart from those of uploads.</summary>
internal sealed class LiveSeats(ApiOptions options)
{
    private readonly StreamSeats _seats = new(options.MaxStreams, options.MaxStreamsPerCaller);

    public Seat Take(string caller) => _seats.Take(caller);

    public void Leave(string caller) => _seats.Leave(caller);
}
