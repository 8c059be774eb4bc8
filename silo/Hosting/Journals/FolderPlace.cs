using MallVip.Grains.Hosting;
using MallVip.Grains.Journal;

namespace MallVip.Silo.Hosting.Journals;

/// <summary>A data folder with a SQLite journal and its key.</summary>
public sealed class FolderPlace(string directory) : JournalPlace
{
    public override bool IsUnused => !File.Exists(Path.Combine(directory, "journal.db"));

    public override ValueTask<(IJournal Journal, ServerKey Key)> OpenAsync(
        ClusterSeat? seat = null, CancellationToken cancellation = default) =>
        new(JournalFolder.Open(directory));

    public override ValueTask<IJournalReader> OpenReaderAsync(CancellationToken cancellation = default) =>
        new(SqliteJournalReader.Open(directory));

    public override ServerKey? LoadKey() => ServerKey.Load(directory);

    public override string ToString() => Path.GetFullPath(directory);
}
