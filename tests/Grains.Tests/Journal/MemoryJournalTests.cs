using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal;

public sealed class MemoryJournalTests : JournalContractTests
{
    protected override ValueTask<IJournal> OpenAsync() => new(new MemoryJournal());
}
