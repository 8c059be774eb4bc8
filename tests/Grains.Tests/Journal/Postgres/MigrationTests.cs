using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal.Postgres;

public sealed class MigrationTests
{
    [PostgresFact]
    public async Task Many_that_migrate_at_once_do_it_once()
    {
        await using var store = await PostgresStore.CreateAsync(migrated: false);
        var applied = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Migrator.ApplyAsync(store.Connection)));
        Assert.Equal(Migration.All, Assert.Single(applied, done => done.Count > 0));
        await store.OpenAsync();
    }

    [PostgresFact]
    public async Task A_database_without_tables_says_what_to_run()
    {
        await using var store = await PostgresStore.CreateAsync(migrated: false);
        var refused = await Assert.ThrowsAsync<JournalSchemaException>(() => store.OpenAsync());
        Assert.Contains("mallvip migrate", refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_database_of_a_newer_build_is_refused()
    {
        await using var store = await PostgresStore.CreateAsync();
        await store.RunAsync(
            "INSERT INTO schema_migration(version, name, hash) VALUES (99, 'next.sql', 'x')");
        Assert.Equal(99, (await Assert.ThrowsAsync<JournalTooNewException>(() => store.OpenAsync())).Found);
        await Assert.ThrowsAsync<JournalTooNewException>(() => Migrator.ApplyAsync(store.Connection));
    }

    [PostgresFact]
    public async Task A_database_that_was_migrated_by_halves_is_refused_by_silo_and_migrate_alike()
    {
        await using var store = await PostgresStore.CreateAsync();
        await store.RunAsync("DROP TABLE schema_migration");
        var refused = await Assert.ThrowsAsync<JournalSchemaException>(() => store.OpenAsync());
        Assert.Contains("by halves", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<JournalSchemaException>(() => Migrator.ApplyAsync(store.Connection));
    }

    [Fact]
    public void A_record_with_a_gap_is_refused()
    {
        var known = new[] { new Migration(1, "1.sql", "a"), new Migration(2, "2.sql", "b") };
        var refused = Assert.Throws<JournalSchemaException>(
            () => MigrationRecord.Verify([(2, "2.sql", known[1].Hash)], known));
        Assert.Contains("lacks number 1", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_was_changed_after_it_was_applied_is_refused()
    {
        var known = new[] { new Migration(1, "1.sql", "a") };
        var refused = Assert.Throws<JournalSchemaException>(
            () => MigrationRecord.Verify([(1, "1.sql", new Migration(1, "1.sql", "other").Hash)], known));
        Assert.Contains("another 1.sql", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Migrations_are_numbered_from_one_without_a_gap() =>
        Assert.Equal(
            Enumerable.Range(1, Migration.All.Count), Migration.All.Select(migration => migration.Version));
}
