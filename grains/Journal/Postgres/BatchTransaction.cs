using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>
/// One batch as one transaction: what the database is, the places, the rows by COPY, the rest with the
/// commit. Four exchanges with the server, whatever the number of entries.
/// </summary>
internal sealed class BatchTransaction(HeadCache cache, TimeProvider time)
{
    private const string Number = "SELECT pg_current_xact_id()";
    private const string Places = "SELECT nextval('journal_pos') FROM generate_series(1, $1)";
    private const string Root = "INSERT INTO batch_root(writer, batch, root) VALUES ($1, $2, $3)";

    private readonly BatchHeads _heads = new(cache);
    private readonly DueChanges _due = new();
    private readonly CopyBuffer _copy = new();

    /// <summary>The number of the transaction that wrote the last batch.</summary>
    public long Transaction { get; private set; }

    /// <summary>Writes a batch and commits it.</summary>
    /// <exception cref="JournalConflictException">Nothing is written; the transaction must be rolled
    /// back.</exception>
    /// <exception cref="JournalReplacedException">Nothing is written; the database is another than
    /// before.</exception>
    public async Task<long[]> RunAsync(
        NpgsqlConnection connection, JournalBatch batch, DatabaseIdentity known, CancellationToken cancel)
    {
        _heads.Begin(batch);
        var places = await BeginAsync(connection, batch, known, cancel);
        _copy.Begin();
        for (var i = 0; i < places.Length; i++)
        {
            var draft = batch.Entries[i];
            EntryRows.Write(_copy, draft, _heads.Advance(draft, places[i]), places[i], known.Epoch, batch);
        }

        _copy.End();
        await using (var copy = await connection.BeginRawBinaryCopyAsync(EntryRows.Copy, cancel))
            await copy.WriteAsync(_copy.Written, cancel);
        await RefuseLateAsync(connection, batch, cancel);
        await CommitAsync(connection, batch, cancel);
        _heads.Remember();
        return places;
    }

    /// <summary>After the unique key has refused a batch and it was rolled back.</summary>
    /// <exception cref="JournalConflictException">Names the losers, if there are any.</exception>
    public Task FindLosersAsync(NpgsqlConnection connection, JournalBatch batch, CancellationToken cancel) =>
        _heads.AskAllAsync(batch, connection, cancel);

    // Places are drawn when no conflict is known any more: a refused batch leaves no gap.
    private async Task<long[]> BeginAsync(
        NpgsqlConnection connection, JournalBatch batch, DatabaseIdentity known, CancellationToken cancel)
    {
        var places = await LookAsync(connection, batch.Entries.Count, known, cancel);
        if (_heads.AreOutdated)
            await _heads.AskAllAsync(batch, connection, cancel);
        return places ?? await DrawAsync(connection, batch.Entries.Count, cancel);
    }

    /// <summary>What the database is and, unless it must tell where grains stand, the places. The number is
    /// taken before the clock is read: who knows that the numbers of then have ended knows that nobody
    /// writes any more who believed an older clock.</summary>
    private async Task<long[]?> LookAsync(
        NpgsqlConnection connection, int count, DatabaseIdentity known, CancellationToken cancel)
    {
        await using var begin = new NpgsqlBatch(connection);
        begin.Add("BEGIN");
        begin.Add(Number);
        begin.Add(DatabaseIdentity.Query);
        if (_heads.NeedsDatabase)
            _heads.Ask(begin);
        else
            begin.Add(Places).With(count);
        var before = time.GetUtcNow();
        await using var row = await begin.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        Transaction = (long)row.GetFieldValue<ulong>(0);
        await row.NextResultAsync(cancel);
        var found = await DatabaseIdentity.ReadAsync(row, cancel);
        found.RefuseUnless(known);
        ClockSkew.Refuse(ClockSkew.Between(before, found.Clock, time.GetUtcNow()));
        cache.Now = found.Clock;
        await row.NextResultAsync(cancel);
        if (!_heads.NeedsDatabase)
            return await PlacesAsync(row, count, cancel);
        await _heads.ReadAsync(row, cancel);
        return null;
    }

    private static async Task<long[]> DrawAsync(
        NpgsqlConnection connection, int count, CancellationToken cancel)
    {
        await using var draw = new NpgsqlCommand(Places, connection);
        await using var drawn = await draw.With(count).ExecuteReaderAsync(cancel);
        return await PlacesAsync(drawn, count, cancel);
    }

    /// <summary>The transaction has its number by now: who waits for all that are under way to end waits for
    /// this one too.</summary>
    private static async Task RefuseLateAsync(
        NpgsqlConnection connection, JournalBatch batch, CancellationToken cancel)
    {
        if (!batch.Entries.Any(draft => draft.ValidUntil is not null))
            return;
        await using var command = new NpgsqlCommand("SELECT clock_timestamp()", connection);
        var now = new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancel))!);
        var late = batch.Entries.Where(draft => draft.ValidUntil < now).Select(draft => draft.Grain);
        if (late.Any())
            throw new JournalConflictException([.. late.Distinct()]);
    }

    private async Task CommitAsync(
        NpgsqlConnection connection, JournalBatch batch, CancellationToken cancel)
    {
        await using var rest = new NpgsqlBatch(connection);
        _due.AddTo(rest, batch);
        PersonRows.AddTo(rest, batch.Entries.SelectMany(draft => draft.Persons));
        var root = new byte[Hash256.Size];
        batch.Root.Write(root);
        rest.Add(Root).With(batch.Writer).With(batch.Number).With(root);
        rest.Add("COMMIT");
        await rest.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<long[]> PlacesAsync(
        NpgsqlDataReader row, int count, CancellationToken cancel)
    {
        var places = new long[count];
        for (var i = 0; await row.ReadAsync(cancel); i++)
            places[i] = row.GetInt64(0);
        return places;
    }
}
