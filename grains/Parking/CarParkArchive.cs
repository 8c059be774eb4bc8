using System.Text.Json;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Grains.Snapshots;

namespace MallVip.Grains.Parking;

/// <summary>Where a car park begins.</summary>
internal sealed class CarParkArchive(MemberServices services, GrainKey grain)
    : StateArchive<CarParkState>(services, grain)
{
    protected override int Schema => 3;

    protected override CarParkState Empty => CarParkState.Empty;

    protected override CarParkState Apply(CarParkState state, JournalEntry entry) =>
        CarParkBody.Parse(entry.Body).Facts.Aggregate(state, static (before, fact) => before.Apply(fact));

    protected override byte[] Write(CarParkState state) =>
        JsonSerializer.SerializeToUtf8Bytes(state.ToSnapshot(), CarParkJson.Default.CarParkSnapshot);

    protected override CarParkState Read(ReadOnlySpan<byte> snapshot) =>
        CarParkState.Of(JsonSerializer.Deserialize(snapshot, CarParkJson.Default.CarParkSnapshot)!);

    protected override int PartsOf(CarParkState state) => state.Visits.Count;
}
