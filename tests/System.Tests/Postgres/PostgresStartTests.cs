using MallVip.Grains.Tests.Journal.Postgres;
using MallVip.Silo.Hosting;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Migrate;
using MallVip.System.Tests.Crash;
using MallVip.System.Tests.Import;

namespace MallVip.System.Tests.Postgres;

/// <summary>What keeps a silo from starting on PostgreSQL, told in sentences and an exit code.</summary>
public sealed class PostgresStartTests
{
    private const string Secret = "s3cret-of-the-shop";

    [Fact]
    public async Task All_that_is_wrong_with_the_configuration_is_told_at_once_and_without_the_password()
    {
        var settings = PostgresSilo.Settings($"Host=db;Pasword={Secret}");
        settings["MallVip__Journal__ServerKey"] = "short";
        settings["MallVip__ApiKeys__0__Name"] = "till";
        settings["MallVip__ApiKeys__0__Hash"] = "no hash";

        var (code, said) = await SiloProcess.RefuseAsync(null, environment: settings);

        Assert.Equal(2, code);
        Assert.Contains("ConnectionString cannot be read", said, StringComparison.Ordinal);
        Assert.Contains("64 hexadecimal digits", said, StringComparison.Ordinal);
        Assert.Contains("till", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, said, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_told_together()
    {
        var faults = new JournalSettings { Store = "PostgreSQL" }.Examine();
        Assert.Equal(2, faults.Length);
        Assert.Contains("ConnectionString is missing", faults[0], StringComparison.Ordinal);
        Assert.Contains("ServerKey is missing", faults[1], StringComparison.Ordinal);
        Assert.Single(new JournalSettings { Store = "Oracle" }.Examine());
        Assert.Single(new JournalSettings { ConnectionString = "Host=db" }.Examine());
        Assert.Empty(new JournalSettings().Examine());
    }

    [Fact]
    public async Task A_database_that_does_not_answer_ends_with_1_and_where_it_was_looked_for()
    {
        var (code, said) = await SiloProcess.RefuseAsync(
            null, environment: PostgresSilo.Settings($"Host=127.0.0.1;Port=1;Username=u;Password={Secret}"));
        Assert.Equal(1, code);
        Assert.Contains("127.0.0.1:1", said, StringComparison.Ordinal);
        Assert.Contains("Check Host and Port", said, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [SiloFact]
    public async Task A_silo_refuses_a_database_without_tables_and_migrate_makes_them()
    {
        var connection = await PostgresCluster.CreateAsync(migrated: false);
        if (GrainStack.KnowsClusters)
            await PostgresSilo.PrepareAsync(connection);
        var settings = PostgresSilo.Settings(connection);
        var (code, said) = await SiloProcess.RefuseAsync(null, environment: settings);
        Assert.Equal(1, code);
        Assert.Contains("mallvip migrate", said, StringComparison.Ordinal);

        var console = new TestConsole();
        var database = new JournalSettings { Store = "PostgreSQL", ConnectionString = connection };
        Assert.Equal(0, await MigrateCommand.RunAsync(database, console, default));
        Assert.Contains("0001_journal.sql", console.Out.ToString(), StringComparison.Ordinal);
        await using var silo = await SiloProcess.ServeAsync(null, environment: settings);

        // A second silo on the database, or at the same address of a cluster, is refused, and so is another
        // server key.
        (code, _) = await SiloProcess.RefuseAsync(null, environment: settings);
        Assert.Equal(GrainStack.KnowsClusters ? 2 : 1, code);
        await silo.KillAsync();
        settings["MallVip__Journal__ServerKey"] = new string('8', 64);
        (code, said) = await SiloProcess.RefuseAsync(null, environment: settings);
        Assert.Equal(1, code);
        Assert.Contains("The server key is not the journal's", said, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_migration_that_cannot_be_done_ends_with_1_and_a_folder_needs_none()
    {
        var connection = await PostgresCluster.CreateAsync();
        await PostgresCluster.RunAsync(connection, "DROP TABLE schema_migration");
        var console = new TestConsole();
        Assert.Equal(1, await MigrateCommand.RunAsync(
            new() { Store = "PostgreSQL", ConnectionString = connection }, console, default));
        Assert.Contains("by halves", console.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await MigrateCommand.RunAsync(new(), new TestConsole(), default));
    }
}
