using System.Text.Json;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;

namespace MallVip.Grains.Parking;

/// <summary>Where a car park begins: its newest snapshot and the entries since.</summary>
internal sealed class CarParkArchive(MemberServices services, GrainKey grain)
{
    /// <summary>Raised with every change of <see cref="CarParkSnapshot"/> or of the fold.</summary>
    public const int Schema = 2;

    private const int EntriesBetween = 512;

    private long _saved;

    public async Task<TimelineStart<CarParkState>> OpenAsync(CancellationToken cancellation)
    {
        var start = TimelineFold.Empty(CarParkState.Empty);
        if (services.Journal.TryGetHead(grain, out var head) && head.Seq == 0)
            return start;
        var state = CarParkState.Empty;
        var snapshot = await services.Journal.LoadSnapshotAsync(grain, Schema, cancellation);
        if (snapshot is not null)
            (state, _saved) = (CarParkState.Of(JsonSerializer.Deserialize(
                snapshot.State.Span, CarParkJson.Default.CarParkSnapshot)!), snapshot.Seq);
        // One entry before the snapshot's end is read along: its hash and clock are where the chain goes on.
        foreach (var entry in await services.Journal.ReadAsync(grain, Math.Max(0, _saved - 1), cancellation))
        {
            if (entry.Seq > _saved)
                state = CarParkBody.Parse(entry.Body).Facts.Aggregate(
                    state, static (before, fact) => before.Apply(fact));
            start = new(state, entry.Seq, entry.Hash, entry.At);
        }

        return start;
    }

    /// <summary>Hands the durable state over to be saved, if enough has happened since the last time.
    /// </summary>
    public void Offer(Timeline<CarParkState> timeline)
    {
        if (timeline.CommittedSeq - _saved < EntriesBetween)
            return;
        _saved = timeline.CommittedSeq;
        services.Snapshots.Offer(new(
            grain, _saved, Schema, JsonSerializer.SerializeToUtf8Bytes(
                timeline.Committed.ToSnapshot(), CarParkJson.Default.CarParkSnapshot)));
    }
}
