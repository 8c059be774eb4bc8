using MallVip.Grains.Journal;
using Npgsql;

namespace MallVip.Grains.Tests.Journal.Postgres;

public sealed class ConnectionTests
{
    private const string Secret = "s3cret-of-the-shop";

    [PostgresFact]
    public async Task A_wrong_password_is_told_without_the_password()
    {
        await using var store = await PostgresStore.CreateAsync();
        await store.RunAsync(
            "DO $$ BEGIN CREATE ROLE locked LOGIN PASSWORD 'right'; "
            + "EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        var refused = await RefusedAsync(new NpgsqlConnectionStringBuilder(store.Connection)
        {
            Username = "locked",
            Password = Secret,
        });
        Assert.Contains("Check Username and Password", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refused.ToString(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_database_that_is_not_there_is_told()
    {
        await using var store = await PostgresStore.CreateAsync(migrated: false);
        var refused = await RefusedAsync(new(store.Connection) { Database = "nowhere" });
        Assert.Contains("createdb", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_told()
    {
        var refused = await RefusedAsync(new() { Host = "127.0.0.1", Port = 1, Password = Secret });
        Assert.Contains("Check Host and Port", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refused.ToString(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task A_database_that_takes_no_writes_is_told()
    {
        await using var store = await PostgresStore.CreateAsync();
        var name = new NpgsqlConnectionStringBuilder(store.Connection).Database;
        await store.RunAsync($"ALTER DATABASE {name} SET default_transaction_read_only = on");
        var refused = await Assert.ThrowsAsync<JournalUnreachableException>(() => store.OpenAsync());
        Assert.Contains("takes no writes", refused.Message, StringComparison.Ordinal);
        await using var reader = await PostgresJournalReader.OpenAsync(
            new() { ConnectionString = store.Connection });
    }

    [Theory]
    [InlineData("Host=db;Pasword=" + Secret)]
    [InlineData("Host=db;Port=" + Secret)]
    [InlineData(Secret)]
    public async Task A_connection_string_that_cannot_be_read_is_told_without_its_words(string text)
    {
        var refused = await Assert.ThrowsAsync<JournalUnreachableException>(
            async () => await PostgresJournal.OpenAsync(new PostgresOptions { ConnectionString = text }));
        Assert.Contains("cannot be read", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_do_not_print_the_connection_string() =>
        Assert.DoesNotContain(
            Secret, new PostgresOptions { ConnectionString = Secret }.ToString(), StringComparison.Ordinal);

    private static async Task<JournalUnreachableException> RefusedAsync(
        NpgsqlConnectionStringBuilder settings) =>
        await Assert.ThrowsAsync<JournalUnreachableException>(async () => await PostgresJournal.OpenAsync(
            new PostgresOptions { ConnectionString = settings.ConnectionString }));
}
