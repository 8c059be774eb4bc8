using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>Connections as the journal needs them, whatever the connection string leaves open.</summary>
internal static class PostgresConnections
{
    // Whatever is answered as written is synced; a stronger value than 'on' stays.
    private const string Durable = """
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'
        """;

    /// <param name="connectionString">What the operator configured.</param>
    /// <param name="pooled">False: a connection that is closed ends on the server too.</param>
    /// <exception cref="JournalUnreachableException">The text is no connection string.</exception>
    public static NpgsqlDataSource Create(string connectionString, bool pooled = true)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            Default(settings, "Application Name", "mallvip");
            Default(settings, "Max Auto Prepare", 64);
            Default(settings, "Auto Prepare Min Usages", 2);
            Default(settings, "No Reset On Close", true);
            Default(settings, "Keepalive", 30);
            // Npgsql's 100 are all that a server has by default: readers would leave the writer none.
            Default(settings, "Maximum Pool Size", 24);
            // Of several hosts, who is the primary is not remembered for long: a fail-over is seen at once.
            Default(settings, "Host Recheck Seconds", 1);
            if (!pooled)
                settings.Pooling = false;
            return new NpgsqlDataSourceBuilder(settings.ConnectionString)
                .UsePhysicalConnectionInitializer(BeDurable, BeDurableAsync).Build();
        }
        catch (ArgumentException unreadable)
        {
            throw new JournalUnreachableException(
                "The connection string cannot be read. It looks like "
                + "'Host=db.example;Database=mallvip;Username=mallvip;Password=...'.", Censored(unreadable));
        }
    }

    private static void BeDurable(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(Durable, connection);
        command.ExecuteNonQuery();
    }

    private static async Task BeDurableAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Durable, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static void Default(NpgsqlConnectionStringBuilder settings, string name, object value)
    {
        if (!settings.ShouldSerialize(name))
            settings[name] = value;
    }

    // What could not be read may hold the password, and messages are logged.
    private static ArgumentException Censored(ArgumentException unreadable) =>
        new($"Not readable at '{unreadable.ParamName ?? "an unknown place"}'.");
}
