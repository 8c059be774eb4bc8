using MallVip.Client.Health;
using MallVip.Grains.Inbox;
using MallVip.Rules.Checking;

namespace MallVip.Silo.Serve;

/// <summary>
/// How much waits in the inbox. A backlog does not make the silo unready: events that want an answer are
/// decided beside it, and sending the others elsewhere would not shorten it.
/// </summary>
internal sealed class InboxProbe(EventInbox inbox, InboxDelivery delivery) : IReadinessProbe
{
    public string Name => "inbox";

    public ValueTask<Readiness> CheckAsync(CancellationToken cancellation)
    {
        Sentence waiting = $"{inbox.Waiting} of at most {inbox.Options.MaxWaiting} events wait to be delivered.";
        if (delivery.SetAside == 0)
            return new(new Readiness(true, waiting));
        Sentence aside =
            $"{delivery.SetAside} of them could not be handled; the log says why, and the next start tries again.";
        return new(new Readiness(true, waiting, aside));
    }
}
