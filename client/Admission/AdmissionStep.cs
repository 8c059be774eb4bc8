using MallVip.Client.Events;
using MallVip.Client.Keys;
using MallVip.Grains.Admission;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Admission;

/// <summary>
/// Marks an endpoint whose calls are bounded. Streams are bounded by <see cref="StreamSeats"/> instead.
/// </summary>
public sealed class Admitted;

/// <summary>
/// Holds each call at the gate of its caller: the key's name and, if the till says which it is, the till.
/// </summary>
internal sealed class AdmissionStep(RequestDelegate next, AdmissionGate gate, ApiOptions options)
{
    private const int MaxTillLength = 64;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Admitted>() is null ||
            EventMedia.Of(context.Request.ContentType) == EventPacking.Lines)
        {
            await next(context);
            return;
        }

        IDisposable place;
        try
        {
            place = await gate.EnterAsync(LaneOf(context), context.RequestAborted);
        }
        catch (GrainOverloadedException full)
        {
            await Overload.RefuseAsync(context, options.Admission, full);
            return;
        }

        using (place)
            await next(context);
    }

    /// <summary>The caller, and its till if it names one in <c>X-Till</c>.</summary>
    private static string LaneOf(HttpContext context)
    {
        var name = Caller.Of(context).Name;
        var till = context.Request.Headers["X-Till"].ToString();
        return till.Length == 0
            ? name
            : $"{name}|{(till.Length <= MaxTillLength ? till : till[..MaxTillLength])}";
    }
}
