using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal;

public sealed class SqliteJournalTests : JournalContractTests
{
    private readonly TempFolder _folder = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override ValueTask<IJournal> OpenAsync() => new(SqliteJournal.Open(_folder.Path));
}
