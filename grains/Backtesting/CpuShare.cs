using System.Diagnostics;

namespace MallVip.Grains.Backtesting;

/// <summary>Keeps long work to a share of the processors: so many threads, each of which rests as long as it
/// must.</summary>
internal sealed class CpuShare
{
    private static readonly TimeSpan LeastRest = TimeSpan.FromMilliseconds(20);

    private readonly double _restPerWork;
    private readonly TimeProvider _time;

    /// <param name="share">Above 0 and up to 1, of all processors.</param>
    public CpuShare(double share, TimeProvider time)
    {
        var processors = Environment.ProcessorCount * share;
        Threads = Math.Max(1, (int)Math.Ceiling(processors));
        _restPerWork = (Threads / processors) - 1;
        _time = time;
    }

    public int Threads { get; }

    /// <summary>Works through pieces on one thread until there are no more.</summary>
    /// <param name="step">Does a piece; false: there was none.</param>
    public async Task WorkAsync(Func<Task<bool>> step, CancellationToken cancellation)
    {
        var owed = TimeSpan.Zero;
        while (true)
        {
            var began = Stopwatch.GetTimestamp();
            if (!await step())
                return;
            owed += Stopwatch.GetElapsedTime(began) * _restPerWork;
            if (owed < LeastRest)
                continue;
            await Task.Delay(owed, _time, cancellation);
            owed = TimeSpan.Zero;
        }
    }
}
