using Npgsql;
using NpgsqlTypes;

namespace MallVip.Grains.Journal;

/// <summary>Parameters by position, typed, without boxing.</summary>
internal static class PostgresCommands
{
    public static NpgsqlCommand With<T>(this NpgsqlCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    /// <summary>Three parameters: epoch, transaction, place.</summary>
    public static NpgsqlCommand With(this NpgsqlCommand command, TailPosition position) =>
        command.With(position.Epoch).WithTransaction((ulong)position.Transaction).With(position.Pos);

    public static NpgsqlCommand WithTransaction(this NpgsqlCommand command, ulong number)
    {
        command.Parameters.Add(new NpgsqlParameter<ulong>
        {
            TypedValue = number,
            NpgsqlDbType = NpgsqlDbType.Xid8,
        });
        return command;
    }

    public static NpgsqlBatchCommand With<T>(this NpgsqlBatchCommand command, T value)
    {
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return command;
    }

    /// <summary>Adds a statement to a batch.</summary>
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        return command;
    }
}
