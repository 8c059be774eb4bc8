using System.Diagnostics;
using MallVip.Grains.Intake;
using MallVip.Silo.Hosting;

namespace MallVip.Bench;

/// <summary>Tills that send a purchase each and wait, whatever the engine does beside it.</summary>
internal sealed class PacedTills : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly BenchMeter _meter = new();
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly Task _sending;

    public PacedTills(LocalEngine engine, int members, int count, TimeSpan pause) => _sending = Task.WhenAll(
        Enumerable.Range(0, count).Select(till => SendAsync(engine, new(till, members, engine.Time), pause)));

    /// <summary>Ends them and says how they were served.</summary>
    public async Task<string> StopAsync()
    {
        await _stop.CancelAsync();
        await _sending;
        return $"purchases: {_meter.Latencies(Stopwatch.GetElapsedTime(_began).TotalSeconds)}";
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sending;
        _stop.Dispose();
    }

    private async Task SendAsync(LocalEngine engine, EventMaker maker, TimeSpan pause)
    {
        var options = new IntakeOptions { Actor = "bench" };
        using var pace = new PeriodicTimer(pause);
        while (!_stop.IsCancellationRequested)
        {
            var begin = Stopwatch.GetTimestamp();
            var answer = await engine.Intake.AcceptAsync(maker.Purchase(), options, CancellationToken.None);
            if (answer.Status != EventStatus.Accepted)
                throw new InvalidOperationException($"Not accepted: {answer.Refusal}");
            _meter.Add(Stopwatch.GetElapsedTime(begin));
            await pace.WaitForNextTickAsync();
        }
    }
}
