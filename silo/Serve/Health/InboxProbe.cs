using MallVip.Client.Health;
using MallVip.Grains.Inbox;
using MallVip.Grains.Intake;
using MallVip.Rules.Checking;

namespace MallVip.Silo.Serve;

/// <summary>
/// How much waits in the inbox. A backlog does not make the silo unready: events that want an answer are
/// decided beside it, and sending the others elsewhere would not shorten it.
/// </summary>
internal sealed class InboxProbe(
    EventInbox inbox, InboxDelivery delivery, IEventCarrier? carrier = null) : IReadinessProbe
{
    public string Name => "inbox";

    public ValueTask<Readiness> CheckAsync(CancellationToken cancellation) =>
        new(new Readiness(true, [.. Describe()]));

    private IEnumerable<Sentence> Describe()
    {
        var most = inbox.Options.MaxWaiting;
        yield return $"{inbox.Waiting} of at most {most} events wait to be delivered.";
        if (carrier is { Carried: var carried, Called: var called })
            yield return $"{carried} were delivered by streams, {called} by calls after a stream had failed.";
        if (delivery.SetAside is var broken and not 0)
            yield return
                $"{broken} of them could not be handled; the log says why, and the next start tries again.";
    }
}
