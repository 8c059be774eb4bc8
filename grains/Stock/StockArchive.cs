using System.Text.Json;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Grains.Snapshots;

namespace MallVip.Grains.Stock;

/// <summary>Where a stock begins.</summary>
internal sealed class StockArchive(MemberServices services, GrainKey grain)
    : StateArchive<StockState>(services, grain)
{
    protected override int Schema => 1;

    protected override StockState Empty => StockState.Empty;

    protected override StockState Apply(StockState state, JournalEntry entry) =>
        state.Apply(StockEntryBody.Parse(entry.Body));

    protected override byte[] Write(StockState state) =>
        JsonSerializer.SerializeToUtf8Bytes(StockSnapshot.Of(state), StockJson.Default.StockSnapshot);

    protected override StockState Read(ReadOnlySpan<byte> snapshot) =>
        JsonSerializer.Deserialize(snapshot, StockJson.Default.StockSnapshot)!.ToState();

    protected override int PartsOf(StockState state) => state.Open.Count + state.Line.Count;
}
