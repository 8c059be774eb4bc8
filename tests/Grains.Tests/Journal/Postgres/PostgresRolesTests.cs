using MallVip.Grains.Journal;
using Npgsql;

namespace MallVip.Grains.Tests.Journal.Postgres;

/// <summary>The contract suite once more, with the rights that <c>deploy/postgres</c> gives the
/// application.</summary>
[NeedsPostgres]
public sealed class PostgresRolesTests : JournalContractTests
{
    private string _database = "";

    [ContractFact]
    public async Task The_application_adds_to_history_and_may_not_change_it()
    {
        await Journal.AppendAsync(new ChainOf(1).Next());
        string[] changes =
        [
            "DELETE FROM journal", "UPDATE journal SET body = ''", "TRUNCATE journal",
            "DELETE FROM batch_root", "UPDATE journal_epoch SET epoch = 2", "CREATE TABLE mallvip.other()",
            "DELETE FROM schema_migration", "DELETE FROM journal_archive", "DELETE FROM journal_mark",
            "INSERT INTO journal_archive SELECT * FROM ONLY journal",
        ];
        foreach (var change in changes)
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(
                () => PostgresCluster.RunAsync(As("mallvip_app"), change));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }
    }

    [ContractFact]
    public async Task The_application_archives_and_an_auditor_does_not()
    {
        await Journal.AppendAsync(new ChainOf(1).Next());
        const string Move = "SELECT mallvip.journal_archive_move('0', '0', 10)";
        var elsewhere = new NpgsqlConnectionStringBuilder(As("mallvip_app")) { SearchPath = "public" };
        await PostgresCluster.RunAsync(elsewhere.ConnectionString, Move);
        var refused = await Assert.ThrowsAsync<PostgresException>(
            () => PostgresCluster.RunAsync(As("mallvip_audit"), Move));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        Assert.Single(await Journal.ReadAsync(new ChainOf(1).Grain));
    }

    [ContractFact]
    public async Task An_auditor_reads_the_journal_and_no_person()
    {
        await Journal.AppendAsync(new ChainOf(1).Next());
        await using var reader = await PostgresJournalReader.OpenAsync(
            new() { ConnectionString = As("mallvip_audit") });
        Assert.Equal(0, (await JournalAudit.RunAsync(reader)).ProblemCount);
        await Assert.ThrowsAsync<PostgresException>(
            () => PostgresCluster.RunAsync(As("mallvip_audit"), "SELECT * FROM person"));
    }

    protected override async ValueTask<IJournal> OpenAsync()
    {
        _database = await PostgresCluster.CreateAsync(migrated: false);
        await PostgresCluster.RunAsync(_database, await SqlAsync("roles.sql"));
        await Migrator.ApplyAsync(As("mallvip_owner"));
        await PostgresCluster.RunAsync(As("mallvip_owner"), await SqlAsync("grants.sql"));
        return await PostgresJournal.OpenAsync(new PostgresOptions { ConnectionString = As("mallvip_app") });
    }

    private string As(string role) => new NpgsqlConnectionStringBuilder(_database)
    {
        Username = role,
        SearchPath = "mallvip",
    }.ConnectionString;

    private static async Task<string> SqlAsync(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ARCHITECTURE.md")))
            folder = folder.Parent;
        return await File.ReadAllTextAsync(Path.Combine(folder.FullName, "deploy", "postgres", file));
    }
}
