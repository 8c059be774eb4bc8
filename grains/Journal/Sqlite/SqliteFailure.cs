using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MallVip.Grains.Journal;

/// <summary>Says in words what keeps a file from being written.</summary>
internal static class SqliteFailure
{
    /// <summary>Null: it is no matter of the disk.</summary>
    public static JournalUnreachableException? Explain(Exception failure) => failure switch
    {
        SqliteException { SqliteErrorCode: raw.SQLITE_FULL } =>
            new(
                "The data folder's disk is full; nothing is written until there is room.", failure,
                StoreTrouble.Full),
        SqliteException { SqliteErrorCode: raw.SQLITE_READONLY } =>
            new("The data folder takes no writes.", failure, StoreTrouble.ReadOnly),
        SqliteException { SqliteErrorCode: raw.SQLITE_IOERR } =>
            new("The data folder's disk failed.", failure),
        _ => null,
    };
}
