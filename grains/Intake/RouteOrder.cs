using MallVip.Rules.Identities;

namespace MallVip.Grains.Intake;

/// <summary>
/// Finds out whose the events of a stream are: those of one subject one after another, in their order, since
/// the first may enrol it or be kept for whoever claims it. No runtime orders calls that take several hops.
/// Other subjects go side by side. Not thread-safe: one reader adds.
/// </summary>
public sealed class RouteOrder(EventRouter router, IntakeOptions options)
{
    private readonly Dictionary<IdentityText, Task<Route>> _last = [];

    /// <summary>Starts the way of an event, or queues it behind its subject's last one.</summary>
    public Task<Route> Add(IncomingEvent incoming, DateTimeOffset? clock)
    {
        if (_last.Count > 2 * options.Window)
            Forget();
        var route = _last.TryGetValue(incoming.Subject, out var before) && !before.IsCompleted
            ? After(before, incoming, clock)
            : router.RouteAsync(incoming, options, clock);
        _last[incoming.Subject] = route;
        return route;
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
