using System.Runtime.CompilerServices;
using System.Threading.Channels;
using MallVip.Grains.Inbox;
using MallVip.Grains.Parking;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Intake;

/// <summary>
/// The way in for events, whatever the channel: parses CloudEvents, finds the member, hands the event over,
/// and answers when it is durable.
/// </summary>
public sealed class EventIntake(
    EventReader reader, EventRouter router, MemberCaller members, EventInbox inbox, GateFollower gates,
    TimeProvider time)
{
    /// <summary>One CloudEvent in JSON, UTF-8. Never throws for what it contains.</summary>
    public Task<EventAnswer> AcceptAsync(
        ReadOnlyMemory<byte> cloudEvent, IntakeOptions options, CancellationToken cancellation)
    {
        var item = Read(cloudEvent, options);
        if (item.Event is null)
            return Task.FromResult(
                item.Answered(new() { Status = EventStatus.Rejected, Refusal = item.Refusal }));
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<EventAnswer>(cancellation);
        if (item.Draft is null)
            return HandleAsync(item, options);
        inbox.Put(item);
        return item.Answer.Task;
    }

    /// <summary>An event that waited in the inbox. Its age is judged by its arrival.</summary>
    public Task<EventAnswer> DeliverAsync(IncomingEvent incoming, string actor) =>
        HandleAsync(new IntakeItem { Event = incoming }, new() { Actor = actor, Waited = true });

    private async Task<EventAnswer> HandleAsync(IntakeItem item, IntakeOptions options)
    {
        var member = router.Guess(item.Event!, out var identity);
        if (member is not null)
        {
            item.Via = identity;
        }
        else
        {
            item.Route = router.FindAsync(item.Event!, identity, options, item.Clock);
            member = await RouteAsync(item);
        }

        if (member is { } found)
            await members.HandleAsync(found, [item], options);
        return await gates.FollowAsync(item, options);
    }

    /// <summary>
    /// Many CloudEvents, one JSON each (a batch's elements, the lines of a stream). One answer per line, in
    /// their order, while more lines come. One member's lines are decided in their order; at most <see
    /// cref="IntakeOptions.Window"/> lines are under way, so that a slow reader slows the upload.
    /// </summary>
    public async IAsyncEnumerable<EventAnswer> AcceptAllAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> cloudEvents,
        IntakeOptions options,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var routed = Channel.CreateBounded<IntakeItem>(Bounds(options.Window));
        var answers = Channel.CreateBounded<IntakeItem>(Bounds(options.Window));
        var reading = ReadAllAsync(cloudEvents, options, routed.Writer, stop.Token);
        var dispatching = DispatchAsync(routed.Reader, answers.Writer, options, stop.Token);
        try
        {
            await foreach (var item in answers.Reader.ReadAllAsync(cancellation))
                yield return await gates.FollowAsync(item, options);
        }
        finally
        {
            await stop.CancelAsync();
            await Ended(reading);
            await Ended(dispatching);
        }

        await reading;
        await dispatching;
    }

    /// <summary>Reads lines and starts their way to a member, in their order.</summary>
    private async Task ReadAllAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> cloudEvents,
        IntakeOptions options,
        ChannelWriter<IntakeItem> output,
        CancellationToken cancellation)
    {
        Exception? failure = null;
        var routes = new RouteOrder(router, options);
        try
        {
            await foreach (var line in cloudEvents.WithCancellation(cancellation))
            {
                var item = Read(line, options);
                if (item is { Event: not null, Draft: null })
                    routes.Start(item);
                await output.WriteAsync(item, cancellation);
            }
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            output.TryComplete(failure);
        }
    }

    /// <summary>Puts each line into its member's lane, in the order of the lines.</summary>
    private async Task DispatchAsync(
        ChannelReader<IntakeItem> input,
        ChannelWriter<IntakeItem> output,
        IntakeOptions options,
        CancellationToken cancellation)
    {
        Exception? failure = null;
        var lanes =
            new Lanes<MemberId, IntakeItem>((member, list) => members.HandleAsync(member, list, options));
        try
        {
            await foreach (var item in input.ReadAllAsync(cancellation))
            {
                if (item.Draft is not null)
                    inbox.Put(item);
                else if (await RouteAsync(item) is { } member)
                    lanes.Add(member, item);
                await output.WriteAsync(item, cancellation);
            }
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            output.TryComplete(failure);
        }
    }

    /// <summary>Null: the item ends here and has its answer.</summary>
    private async ValueTask<MemberId?> RouteAsync(IntakeItem item)
    {
        if (item.Event is null)
        {
            item.Complete(new EventAnswer { Status = EventStatus.Rejected, Refusal = item.Refusal });
            return null;
        }

        if (item.Member is { } member)
            return member;
        try
        {
            var route = await item.Route!;
            (item.Fresh, item.Via) = (route.Fresh, route.Via);
            if (route.Member is null)
                item.Complete(route.Answer!);
            return route.Member;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            members.Refuse(item, failure);
            return null;
        }
    }

    private IntakeItem Read(ReadOnlyMemory<byte> line, IntakeOptions options)
    {
        DateTimeOffset? arrival = options.Run is null ? time.GetUtcNow() : null;
        var incoming = reader.Read(line, arrival, out var refusal);
        var draft = incoming is not null && options.Queues && inbox.MayWait(line.Length)
            ? inbox.DraftOf(incoming, line.Span, options.Actor, arrival!.Value)
            : null;
        var item = new IntakeItem { Event = incoming, Refusal = refusal, Draft = draft };
        if (item.Event is not null)
            item.Clock = options.Run?.Advance(item.Event.Event.Time);
        return item;
    }

    private static BoundedChannelOptions Bounds(int window) =>
        new(Math.Max(1, window / 2)) { SingleReader = true, SingleWriter = true };

    /// <summary>
    /// Waits for an end, whatever it is: its failure is reported by the await that follows the loop.
    /// </summary>
    private static Task Ended(Task task) =>
        task.ContinueWith(static _ =>
            { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
