using MallVip.Client.Keys;
using MallVip.Grains.Intake;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Events;

/// <summary>Why an event may not be handed over; null: it may.</summary>
internal delegate ValueTask<Refusal?> EventCheck(ReadOnlyMemory<byte> cloudEvent);

/// <summary>
/// Keeps the events of test keys to test members: whose an event would be is asked by a dry run first, so
/// that every way of finding the member is covered. Other callers' events pass unread.
/// </summary>
internal sealed class TestEvents(EventDoor door, TestWall wall)
{
    /// <summary>The check for a caller's events; null: none is needed.</summary>
    public EventCheck? For(HttpContext context, IntakeOptions intake)
    {
        var caller = Caller.Of(context);
        return caller.Test
            ? cloudEvent => AskAsync(caller, cloudEvent, intake, context.RequestAborted)
            : null;
    }

    private async ValueTask<Refusal?> AskAsync(
        Caller caller, ReadOnlyMemory<byte> cloudEvent, IntakeOptions intake, CancellationToken cancellation)
    {
        var preview = await door.One(cloudEvent, intake with { DryRun = true, Probe = true }, cancellation);
        return preview switch
        {
            { Member: { } member } => await wall.RefusalAsync(caller, member, cancellation),
            { Status: EventStatus.Rejected } => null,
            _ => TestWall.Refused,
        };
    }
}
