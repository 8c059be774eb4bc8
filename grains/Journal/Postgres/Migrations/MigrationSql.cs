namespace MallVip.Grains.Journal;

/// <summary>What the record of migrations is kept with.</summary>
internal static class MigrationSql
{
    /// <summary>Ends with the session.</summary>
    public const string Lock =
        "SELECT pg_advisory_lock(hashtextextended('mallvip/migrate/' || current_schema(), 0))";

    public const string Record =
        "CREATE TABLE IF NOT EXISTS schema_migration(version integer PRIMARY KEY, name text NOT NULL, "
        + "hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())";

    public const string Note = "INSERT INTO schema_migration(version, name, hash) VALUES ($1, $2, $3)";

    /// <summary>Which of the two tables are there, and whether texts are UTF-8.</summary>
    public const string Look =
        "SELECT to_regclass('schema_migration') IS NOT NULL, to_regclass('journal') IS NOT NULL, "
        + "current_setting('server_encoding')";

    public const string Applied = "SELECT version, name, hash FROM schema_migration ORDER BY version";
}
