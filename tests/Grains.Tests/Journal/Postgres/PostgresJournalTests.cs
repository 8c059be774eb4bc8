using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal.Postgres;

[NeedsPostgres]
public sealed class PostgresJournalTests : JournalContractTests
{
    protected override async ValueTask<IJournal> OpenAsync() => await PostgresJournal.OpenAsync(
        new PostgresOptions { ConnectionString = await PostgresCluster.CreateAsync() });
}
