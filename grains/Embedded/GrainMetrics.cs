using System.Diagnostics.Metrics;

namespace MallVip.Grains.Embedded;

/// <summary>
/// The runtime's counters as instruments of the meter <c>MallVip.Grains</c>; read only when asked for.
/// </summary>
internal sealed class GrainMetrics(GrainRuntime runtime, IMeterFactory meters)
{
    internal void Publish()
    {
        var meter = meters.Create("MallVip.Grains");
        const string Name = "mallvip.grains.";
        meter.CreateObservableUpDownCounter(Name + "residents", () => Read(it => it.Residents), "{grain}");
        meter.CreateObservableCounter(Name + "activations", () => Read(it => it.Activations), "{grain}");
        meter.CreateObservableCounter(Name + "calls", () => Read(it => it.Calls), "{call}");
        meter.CreateObservableCounter(Name + "failures", () => Read(it => it.Failures), "{call}");
        meter.CreateObservableUpDownCounter(Name + "pending", () => Read(it => it.Pending), "{call}");
        meter.CreateObservableGauge(Name + "latency.p50", () => Read(it => it.P50.TotalSeconds), "s");
        meter.CreateObservableGauge(Name + "latency.p99", () => Read(it => it.P99.TotalSeconds), "s");
    }

    private IEnumerable<Measurement<T>> Read<T>(Func<GrainTypeSnapshot, T> value) where T : struct =>
        from it in runtime.Snapshot()
        select new Measurement<T>(value(it), KeyValuePair.Create("grain", (object?)it.Name));
}
