using Npgsql;

namespace MallVip.Grains.Journal;

public sealed partial class PostgresJournal
{
    private const string PlacesOf = """
        SELECT j.pos, j.writer, j.batch FROM unnest($1::bytea[], $2::bigint[]) WITH ORDINALITY AS d(g, s, n)
        JOIN journal AS j ON j.grain = d.g AND j.seq = d.s ORDER BY d.n
        """;

    public async ValueTask<BatchRoot> WriterStateAsync(CancellationToken cancel = default)
    {
        try
        {
            await using var connection = await Source.OpenConnectionAsync(cancel);
            return await NewestRootAsync(connection, cancel);
        }
        catch (NpgsqlException failure)
        {
            throw PostgresFailure.Explain(failure, Options.ConnectionString);
        }
    }

    public async ValueTask<long[]> AppendBatchAsync(JournalBatch batch, CancellationToken cancel = default)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (_replaced.Task.IsCompleted)
                throw await _replaced.Task;
            var session = _session ?? await ReopenAsync(batch, cancel);
            var places = await WriteAsync(session, batch, cancel);
            if (!IsShared)
                _written.Add(batch, places, new(_identity.Epoch, _transaction.Transaction, places[^1]));
            Landed(batch, places);
            return places;
        }
        catch (JournalReplacedException replaced)
        {
            _replaced.TrySetResult(replaced);
            throw;
        }
        catch (Exception failure) when (
            failure is NpgsqlException or IOException or JournalUnreachableException
                or JournalLockedException)
        {
            Volatile.Write(ref _hasFailed, true);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A session of this writer's number is held while it is asked: the one that wrote the batch has
    /// ended by then, and what it did not commit it never will.</summary>
    public async ValueTask<long[]?> ResolveBatchAsync(
        JournalBatch batch, CancellationToken cancel = default)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (_replaced.Task.IsCompleted)
                throw await _replaced.Task;
            var session = _session ?? await ReopenAsync(batch, cancel);
            var newest = await NewestRootAsync(session.Connection, cancel);
            if (newest.Batch != batch.Number || newest.Root != batch.Root)
                return null;
            await session.SettleAsync(cancel);
            var places = await PlacesAsync(session.Connection, batch, cancel);
            _written.Clear();
            Landed(batch, places);
            return places;
        }
        catch (JournalReplacedException replaced)
        {
            _replaced.TrySetResult(replaced);
            throw;
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException)
        {
            await DropSessionAsync();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<long[]> WriteAsync(
        WriteSession session, JournalBatch batch, CancellationToken cancel)
    {
        try
        {
            var places = await _transaction.RunAsync(session.Connection, batch, _identity, cancel);
            session.Confirm();
            return places;
        }
        catch (Exception failure)
        {
            if (!await session.TryRollBackAsync())
                await DropSessionAsync();
            else if (failure is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
                await _transaction.FindLosersAsync(session.Connection, batch, cancel);
            throw;
        }
    }

    /// <summary>A new session in place of one that was lost, on a database that still has all that this
    /// process has written.</summary>
    /// <exception cref="JournalReplacedException">It has not.</exception>
    private async Task<WriteSession> ReopenAsync(JournalBatch batch, CancellationToken cancel)
    {
        var session = await TakeNumberAsync(batch, cancel);
        try
        {
            _heads.Clear();
            (await DatabaseIdentity.ReadAsync(session.Connection, cancel)).RefuseUnless(_identity);
            await RefuseUnlessOursAsync(session.Connection, batch, cancel);
            (_session, _backend, _lockedOut) = (session, session.Backend, null);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>A process that was paused or cut off for long may find that another has taken its
    /// number.</summary>
    /// <exception cref="JournalLockedException">One has, and has not written yet.</exception>
    /// <exception cref="JournalReplacedException">One has, and has written.</exception>
    private async Task<WriteSession> TakeNumberAsync(JournalBatch batch, CancellationToken cancel)
    {
        try
        {
            return await WriteSession.OpenAsync(_writing, Options, anyNumber: false, _backend, cancel);
        }
        catch (JournalOfAnotherClusterException other)
        {
            throw new JournalReplacedException(other.Message);
        }
        catch (JournalLockedException taken)
        {
            _lockedOut = taken;
            await using var connection = await Source.OpenConnectionAsync(cancel);
            await RefuseUnlessOursAsync(connection, batch, cancel);
            throw;
        }
    }

    private async Task RefuseUnlessOursAsync(
        NpgsqlConnection connection, JournalBatch batch, CancellationToken cancel)
    {
        var newest = await NewestRootAsync(connection, cancel);
        if (newest != _last && newest != new BatchRoot(batch.Writer, batch.Number, batch.Root))
        {
            throw new JournalReplacedException(
                $"The database ends with batch {newest.Batch} of writer {newest.Writer}, which is not "
                + $"batch {_last.Batch} that this process has written: it was restored, or another "
                + "process has the same writer number.");
        }
    }

    private async Task DropSessionAsync()
    {
        if (_session is { } lost)
            await lost.DisposeAsync();
        _session = null;
    }

    private void Landed(JournalBatch batch, long[] places)
    {
        _last = new BatchRoot(batch.Writer, batch.Number, batch.Root);
        Volatile.Write(ref _hasFailed, false);
        Commits.Advance(places[^1]);
    }

    private async Task<BatchRoot> NewestRootAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "SELECT writer, batch, root FROM batch_root WHERE writer = $1 ORDER BY batch DESC LIMIT 1",
            connection);
        await using var row = await command.With(Options.Writer).ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? RootAt(row) : new BatchRoot(Options.Writer, 0, Hash256.Zero);
    }

    private static async Task<long[]> PlacesAsync(
        NpgsqlConnection connection, JournalBatch batch, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(PlacesOf, connection)
            .With(batch.Entries.Select(draft => draft.Grain.ToBytes()).ToArray())
            .With(batch.Entries.Select(draft => draft.Seq).ToArray());
        var places = new List<long>(batch.Entries.Count);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            if (row.GetInt32(1) == batch.Writer && row.GetInt64(2) == batch.Number)
                places.Add(row.GetInt64(0));
        }

        return places.Count == batch.Entries.Count
            ? [.. places]
            : throw new JournalDamagedException($"Batch {batch.Number} has a root and lacks entries.");
    }
}
