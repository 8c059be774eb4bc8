using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>One row of a moved table: from the folder as COPY wants it, and from either side as a
/// print.</summary>
internal static class MoveRows
{
    public static void Write(CopyBuffer to, MovedTable table, SqliteStatement row, long epoch)
    {
        to.Row((short)(table.Columns.Length + (table.Added is null ? 0 : 1)));
        for (var i = 0; i < table.Columns.Length; i++)
        {
            if (row.IsNull(i))
                to.Null();
            else if (table.Columns[i].Kind == MovedKind.Long)
                to.Int64(row.Int64(i));
            else if (table.Columns[i].Kind == MovedKind.Int)
                to.Int32(checked((int)row.Int64(i)));
            else
                to.Bytes(row.Blob(i));
        }

        table.Added?.Write(to, epoch);
    }

    public static void Print(RowPrint print, MovedTable table, SqliteStatement row)
    {
        for (var i = 0; i < table.Columns.Length; i++)
        {
            if (row.IsNull(i))
                print.Null();
            else if (table.Columns[i].IsNumber)
                print.Number(row.Int64(i));
            else
                print.Bytes(row.Blob(i));
        }

        print.EndRow();
    }

    public static void Print(RowPrint print, MovedTable table, NpgsqlDataReader row)
    {
        for (var i = 0; i < table.Columns.Length; i++)
        {
            if (row.IsDBNull(i))
                print.Null();
            else if (table.Columns[i].IsNumber)
                print.Number(row.GetInt64(i));
            else
                print.Bytes(row.GetFieldValue<byte[]>(i));
        }

        print.EndRow();
    }
}
