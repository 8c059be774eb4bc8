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
        meter.CreateObservableUpDownCounter("mallvip.grains.residents", () => Read(it => it.Residents), "{grain}");
        meter.CreateObservableCounter("mallvip.grains.activations", () => Read(it => it.Activations), "{grain}");
        meter.CreateObservableCounter("mallvip.grains.calls", () => Read(it => it.Calls), "{call}");
        meter.CreateObservableCounter("mallvip.grains.failures", () => Read(it => it.Failures), "{call}");
        meter.CreateObservableUpDownCounter("mallvip.grains.pending", () => Read(it => it.Pending), "{call}");
        meter.CreateObservableGauge("mallvip.grains.latency.p50", () => Read(it => it.P50.TotalSeconds), "s");
        meter.CreateObservableGauge("mallvip.grains.latency.p99", () => Read(it => it.P99.TotalSeconds), "s");
    }

    private IEnumerable<Measurement<T>> Read<T>(Func<GrainTypeSnapshot, T> value) where T : struct =>
        runtime.Snapshot().Select(it => new Measurement<T>(value(it), KeyValuePair.Create("grain", (object?)it.Name)));
}
