using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MallVip.Grains.Journal;

/// <summary>A prepared statement, used again and again by one thread at a time. Raw calls instead of command
/// objects: a journal row has sixteen values, and parameters cost more than the insert (see
/// bench/JournalBench.cs).</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _db;
    private readonly sqlite3_stmt _statement;
    private readonly Dictionary<int, (byte[] Bytes, string Text)> _repeated = [];

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _db = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v2(_db, sql, out _statement));
    }

    public void Dispose() => _statement.Dispose();

    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> blob)
    {
        Check(raw.sqlite3_bind_blob(_statement, parameter, blob));
        return this;
    }

    public SqliteStatement Bind(int parameter, string text)
    {
        Span<byte> bytes = text.Length <= 128 ? stackalloc byte[384] : new byte[3 * text.Length];
        var length = Encoding.UTF8.GetBytes(text, bytes);
        Check(raw.sqlite3_bind_text(_statement, parameter, bytes[..length]));
        return this;
    }

    public SqliteStatement Bind(int parameter, GrainKey grain)
    {
        Span<byte> bytes = stackalloc byte[GrainKey.Size];
        grain.Write(bytes);
        return Bind(parameter, bytes);
    }

    public SqliteStatement Bind(int parameter, Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Size];
        hash.Write(bytes);
        return Bind(parameter, bytes);
    }

    public SqliteStatement BindNull(int parameter)
    {
        Check(raw.sqlite3_bind_null(_statement, parameter));
        return this;
    }

    /// <summary>Goes to the next row; false, and ready to be used again, when there is none.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
            return true;
        Reset();
        if (code != raw.SQLITE_DONE)
            SqliteException.ThrowExceptionForRC(code, _db);
        return false;
    }

    /// <summary>Runs a statement that gives no rows, or whose rows nobody wants.</summary>
    public void Run()
    {
        if (Step())
            Reset();
    }

    /// <summary>Ends a reading before its last row.</summary>
    public void Reset() => _ = raw.sqlite3_reset(_statement);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>Valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>A text that row after row is likely to say again: it then is the same string.</summary>
    public string RepeatedText(int column)
    {
        var bytes = Blob(column);
        if (_repeated.TryGetValue(column, out var last) && bytes.SequenceEqual(last.Bytes))
            return last.Text;
        var text = Encoding.UTF8.GetString(bytes);
        _repeated[column] = (bytes.ToArray(), text);
        return text;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(code, _db);
    }
}
