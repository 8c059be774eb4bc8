using MallVip.Client.Runtime;

namespace MallVip.Silo.Embedded;

/// <summary>The embedded runtime's counters, for the page and the API.</summary>
internal sealed class EmbeddedFigures(GrainRuntime runtime) : IGrainFigures
{
    public IReadOnlyList<GrainCount> Read() =>
    [
        .. runtime.Snapshot().Select(type => new GrainCount(
            type.Name, type.Residents, type.Calls, type.Failures, type.Pending, type.P50, type.P99)),
    ];
}
