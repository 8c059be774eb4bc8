namespace MallVip.System.Tests.Postgres;

/// <summary>How a silo's process is told to keep its journal in PostgreSQL.</summary>
internal static class PostgresSilo
{
    /// <summary>A server key.</summary>
    public static readonly string Key = new('7', 64);

    public static Dictionary<string, string> Settings(string connection) => new(StringComparer.Ordinal)
    {
        ["MallVip__Journal__Store"] = "PostgreSQL",
        ["MallVip__Journal__ConnectionString"] = connection,
        ["MallVip__Journal__ServerKey"] = Key,
    };
}
