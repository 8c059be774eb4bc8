using System.Net.Sockets;
using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>Says in words what PostgreSQL or the network answered, and what to do about it.</summary>
internal static class PostgresFailure
{
    public static JournalUnreachableException Explain(NpgsqlException failure, string connectionString)
    {
        var to = new NpgsqlConnectionStringBuilder(connectionString);
        var where = $"PostgreSQL at {to.Host}:{to.Port}, database '{to.Database}', user '{to.Username}'";
        return new JournalUnreachableException(
            $"{where}: {Reason(failure)}", failure, Trouble(failure.SqlState));
    }

    private static StoreTrouble Trouble(string? sqlState) => sqlState switch
    {
        PostgresErrorCodes.DiskFull => StoreTrouble.Full,
        PostgresErrorCodes.ReadOnlySqlTransaction => StoreTrouble.ReadOnly,
        _ => StoreTrouble.Away,
    };

    private static string Reason(NpgsqlException failure) => failure switch
    {
        PostgresException refused => $"{refused.MessageText}. {Hint(refused.SqlState)}",
        { InnerException: SocketException or TimeoutException or IOException } =>
            $"it does not answer ({failure.InnerException.Message}). Check Host and Port, and that it runs.",
        _ => failure.Message,
    };

    private static string Hint(string sqlState) => sqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            "Check Username and Password, and pg_hba.conf.",
        PostgresErrorCodes.InvalidCatalogName => "Check Database, or create it with 'createdb'.",
        PostgresErrorCodes.InvalidSchemaName =>
            "Check Search Path: the schema must be there before 'mallvip migrate'.",
        PostgresErrorCodes.InsufficientPrivilege =>
            "Give the role its rights with deploy/postgres/roles.sql; 'mallvip migrate' runs as the owner.",
        PostgresErrorCodes.ReadOnlySqlTransaction =>
            "It takes no writes: it is a standby, or default_transaction_read_only is on.",
        PostgresErrorCodes.TooManyConnections => "Raise max_connections or lower Maximum Pool Size.",
        PostgresErrorCodes.CannotConnectNow => "It is starting or stopping: try again.",
        PostgresErrorCodes.DiskFull => "Its disk is full.",
        _ => $"(SQLSTATE {sqlState})",
    };
}
