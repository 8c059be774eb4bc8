using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal.Postgres;

/// <summary>The contract suite once more, while everything that is settled is moved into the archive all the
/// time.</summary>
[NeedsPostgres]
public sealed class PostgresArchiveContractTests : JournalContractTests
{
    protected override async ValueTask<IJournal> OpenAsync() => new ArchivingJournal(
        await PostgresJournal.OpenAsync(new PostgresOptions
        {
            ConnectionString = await PostgresCluster.CreateAsync(),
            HeadsBelieved = TimeSpan.Zero,
        }));

    /// <summary>Archives beside every call, and all that there is before it hands out a reading.</summary>
    private sealed class ArchivingJournal : ForwardingJournal
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _moving;

        public ArchivingJournal(PostgresJournal journal)
            : base(journal) => _moving = MoveAsync(journal);

        public override async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _moving;
            await base.DisposeAsync();
            _stop.Dispose();
        }

        private async Task MoveAsync(PostgresJournal journal)
        {
            await Task.Yield();
            while (!_stop.IsCancellationRequested)
                await journal.ArchiveAsync(TimeSpan.Zero, 3);
        }
    }
}
