using MallVip.Rules.Identities;

namespace MallVip.Grains.Intake;

/// <summary>
/// Finds out whose the events of a stream are: those of one subject one after another, in their order, since
/// the first may enrol it or be kept for whoever claims it. No runtime orders calls that take several hops.
/// Other subjects go side by side. Not thread-safe: one reader adds.
/// </summary>
public sealed class RouteOrder(EventRouter router, IntakeOptions options)
{
    // Of those that are not found yet; others leave when there are too many.
    private readonly Dictionary<IdentityText, Task<Route>> _last = [];

    /// <summary>Starts the way of an item's event, or queues it behind its subject's last one. Where a hint
    /// says whose it is, that is the whole way.</summary>
    public void Start(IntakeItem item)
    {
        var incoming = item.Event!;
        if (_last.Count > 2 * options.Window)
            Forget();
        if (_last.Count > 0 && _last.TryGetValue(incoming.Subject, out var before) && !before.IsCompleted)
            item.Route = After(before, incoming, item.Clock);
        else if (router.Guess(incoming, out var identity) is { } member)
            (item.Member, item.Via) = (member, identity);
        else
            item.Route = router.FindAsync(incoming, identity, options, item.Clock);
        if (item.Route is { IsCompleted: false } route)
            _last[incoming.Subject] = route;
    }

    /// <summary>A failure is reported to the line it belongs to; those behind it try by themselves.</summary>
    private async Task<Route> After(Task before, IncomingEvent incoming, DateTimeOffset? clock)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return await router.RouteAsync(incoming, options, clock);
    }

    private void Forget()
    {
        foreach (var (subject, route) in _last)
            if (route.IsCompleted)
                _last.Remove(subject);
    }
}
