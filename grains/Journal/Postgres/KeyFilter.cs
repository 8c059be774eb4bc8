using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>
/// Knows of nearly every new key that it is new, without asking the database: Bloom filters in memory, each
/// twice as large as the one before it. All are asked, so that their false alarms, each a question to the
/// database, add up: they have more bits than one alone would need. Filled from the index when the journal is
/// opened. Thread-safe.
/// </summary>
internal sealed class KeyFilter
{
    private const long Smallest = 1 << 17;
    private const int PageLength = 4_096;
    private const int BitsPerKey = 16;

    private readonly Lock _gate = new();
    private BloomFilter[] _filters = [];
    private long _room;
    private long _next = Smallest;

    public bool MayContain(EventKey key)
    {
        foreach (var filter in Volatile.Read(ref _filters))
        {
            if (filter.MayContain(key))
                return true;
        }

        return false;
    }

    public void Add(IEnumerable<EventKey> keys)
    {
        lock (_gate)
        {
            foreach (var key in keys)
                AddNeedsLock(key);
        }
    }

    /// <summary>Takes in all keys of the index: 16 bytes each cross the wire.</summary>
    public async Task LoadAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var estimate = new NpgsqlCommand(
            "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'dedupe'::regclass", connection);
        _next = Math.Max(Smallest, 2 * (long)(await estimate.ExecuteScalarAsync(cancel))!);
        await using var command = new NpgsqlCommand("SELECT key FROM dedupe", connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var page = new List<EventKey>(PageLength);
        while (await row.ReadAsync(cancel))
        {
            page.Add(EventKey.Read(EntryRows.Sized(row, 0, EventKey.Size)));
            if (page.Count < PageLength)
                continue;
            Add(page);
            page.Clear();
        }

        Add(page);
    }

    private void AddNeedsLock(EventKey key)
    {
        if (_room == 0)
        {
            Volatile.Write(ref _filters, [.. _filters, new BloomFilter(_next, BitsPerKey)]);
            (_room, _next) = (_next, 2 * _next);
        }

        _filters[^1].Add(key);
        _room--;
    }
}
