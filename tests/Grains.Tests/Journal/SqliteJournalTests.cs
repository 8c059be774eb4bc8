using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal;

public sealed class SqliteJournalTests : JournalContractTests, IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override ValueTask<IJournal> OpenAsync() => new(SqliteJournal.Open(_folder.Path));
}
