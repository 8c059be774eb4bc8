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
        var most = inbox.Options.MaxWaiting;
        Sentence waiting = $"{inbox.Waiting} of at most {most} events wait to be delivered.";
        if (delivery.SetAside is var broken && broken == 0)
            return new(new Readiness(true, waiting));
        Sentence aside =
            $"{broken} of them could not be handled; the log says why, and the next start tries again.";
        return new(new Readiness(true, waiting, aside));
    }
}
