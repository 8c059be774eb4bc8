using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Silo.Hosting;

/// <summary>The end of a run: everything that is due by its clock is fired, on its clock.</summary>
public static class DueOfRun
{
    private const int BatchLength = 1_024;

    /// <summary>
    /// Fires members' due items up to an instant. For an engine whose own timers do not run.
    /// </summary>
    public static async Task FireAsync(LocalEngine engine, DateTimeOffset now, CancellationToken cancellation)
    {
        // A claim that outlives the command: what is claimed here is fired here, and a crash leaves it to the
        // silo. Later than the run's clock too, which may be ahead of the silo's: nothing is claimed twice
        // here.
        var wall = engine.Time.GetUtcNow();
        var claimUntil = (now > wall ? now : wall) + TimeSpan.FromMinutes(5);
        while (true)
        {
            var rows = await engine.Set.Journal.ClaimDueAsync(
                now, BatchLength, claimUntil, null, cancellation);
            if (rows.Count == 0)
                return;
            await Task.WhenAll(rows.Where(row => row.Grain.Kind == GrainKind.Member).Select(row =>
                engine.Grains.GetGrain<IMemberGrain>(new MemberId(row.Grain.Id).ToString())
                    .Handle(MemberRequest.Due with { RunClock = now })));
        }
    }
}
