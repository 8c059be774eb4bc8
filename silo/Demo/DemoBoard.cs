using MallVip.Grains.Intake;
using MallVip.Rules.Journaling;
using MallVip.Silo.Simulate;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Demo;

/// <summary>The demo's live figures: a line a second and a few of the upgrades in between.</summary>
internal sealed class DemoBoard(TextWriter output, TimeProvider time)
{
    private const int UpgradesPerSecond = 2;

    private readonly long _opened = time.GetTimestamp();
    private readonly List<double> _latencies = [];
    private DateTimeOffset _mallClock;
    private int _second;
    private long _eventsBefore;
    private long _events;
    private long _points;
    private long _upgrades;
    private long _duplicates;
    private long _refused;
    private int _shown;

    /// <summary>Counts an answer; prints when a second is over.</summary>
    public void Show(DemoLine line, EventAnswer answer)
    {
        _events++;
        _latencies.Add(time.GetElapsedTime(line.Sent).TotalMilliseconds);
        if (line.Event.Time > _mallClock)
            _mallClock = line.Event.Time;
        Count(line.Event, answer);
        if ((int)time.GetElapsedTime(_opened).TotalSeconds > _second)
            PrintSecond();
    }

    /// <summary>Prints the totals.</summary>
    public void Close()
    {
        var seconds = time.GetElapsedTime(_opened).TotalSeconds;
        output.WriteLine(ConsoleText.Current.Format(
            "demo.done", _events, seconds, _events / seconds, _duplicates, _refused));
    }

    private void Count(SimulatedEvent item, EventAnswer answer)
    {
        if (answer.Status == EventStatus.Duplicate)
            _duplicates++;
        else if (answer.Status == EventStatus.Rejected)
            _refused++;
        else if (answer.Outcome is { } outcome)
            Count(item, answer, outcome);
    }

    private void Count(SimulatedEvent item, EventAnswer answer, Outcome outcome)
    {
        foreach (var line in outcome.Lines)
            _points += line.Points.Value;
        if (outcome.TierAfter is null || outcome.TierAfter == outcome.TierBefore || outcome.TierBefore is null)
            return;
        _upgrades++;
        if (item.Data is SimulatedData.Purchase purchase && _shown++ < UpgradesPerSecond)
            output.WriteLine(ConsoleText.Current.Format(
                "demo.upgrade", answer.Member!.Value.ToString()[..8], outcome.TierAfter,
                (purchase.PaidCents / 100m).ToString("N2", System.Globalization.CultureInfo.InvariantCulture),
                purchase.Store.Code, outcome.Wallets is [var wallet, ..] ? wallet.Balance.Value : 0));
    }

    private void PrintSecond()
    {
        _second = (int)time.GetElapsedTime(_opened).TotalSeconds;
        _latencies.Sort();
        output.WriteLine(ConsoleText.Current.Format(
            "demo.second", _second, _events, _events - _eventsBefore, At(0.5), At(0.99), _points, _upgrades, _mallClock));
        output.Flush();
        _latencies.Clear();
        _eventsBefore = _events;
        _shown = 0;
    }

    private double At(double share) =>
        _latencies.Count == 0 ? 0 : _latencies[(int)(share * (_latencies.Count - 1))];
}
