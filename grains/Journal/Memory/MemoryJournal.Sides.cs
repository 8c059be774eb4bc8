namespace MallVip.Grains.Journal;

public sealed partial class MemoryJournal
{
    private readonly Dictionary<GrainKey, Snapshot> _snapshots = [];
    private readonly Dictionary<(GrainKey Grain, long Seq), Snapshot> _milestones = [];
    private readonly Dictionary<ReaderId, Checkpoint> _checkpoints = [];
    private readonly Dictionary<UInt128, PersonRow> _persons = [];
    private readonly Dictionary<EventKey, long> _keys = [];

    public ValueTask<Snapshot?> LoadSnapshotAsync(
        GrainKey grain, int schema, CancellationToken cancel = default)
    {
        lock (_gate)
            return new(
                _snapshots.GetValueOrDefault(grain) is { } found && found.Schema == schema ? found : null);
    }

    public ValueTask<Snapshot?> LoadMilestoneAsync(
        GrainKey grain, int schema, long atMost, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            return new(_milestones.Values
                .Where(saved => saved.Grain == grain && saved.Schema == schema && saved.Seq <= atMost)
                .MaxBy(saved => saved.Seq));
        }
    }

    public ValueTask SaveSnapshotsAsync(IReadOnlyList<Snapshot> snapshots, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            foreach (var snapshot in snapshots)
            {
                var copy = snapshot with { State = snapshot.State.ToArray() };
                if (snapshot.IsMilestone)
                    _milestones[(snapshot.Grain, snapshot.Seq)] = copy;
                else
                    _snapshots[snapshot.Grain] = copy;
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<Checkpoint?> GetCheckpointAsync(ReaderId reader, CancellationToken cancel = default)
    {
        lock (_gate)
            return new(_checkpoints.GetValueOrDefault(reader));
    }

    public ValueTask<Checkpoint?> LeaseCheckpointAsync(
        ReaderId reader, string owner, DateTimeOffset now, DateTimeOffset until,
        CancellationToken cancel = default)
    {
        lock (_gate)
        {
            var leased = CheckpointRules.Lease(_checkpoints.GetValueOrDefault(reader), owner, now, until);
            if (leased is not null)
                _checkpoints[reader] = leased;
            return new(leased);
        }
    }

    public ValueTask<bool> CompareAndSetCheckpointAsync(
        CheckpointMove move, CancellationToken cancel = default)
    {
        lock (_gate)
            return new(Move(move));
    }

    public string? KeysTrouble => null;

    public ValueTask<long> FindKeyAsync(EventKey key, CancellationToken cancel = default)
    {
        lock (_gate)
            return new(_keys.GetValueOrDefault(key));
    }

    public ValueTask<bool> AddKeysAsync(
        IReadOnlyList<KeyAt> keys, CheckpointMove move, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            if (!Move(move))
                return new(false);
            foreach (var (key, pos) in keys)
                _keys.TryAdd(key, pos);
            return new(true);
        }
    }

    public ValueTask PutPersonsAsync(IReadOnlyList<PersonRow> rows, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            foreach (var row in rows)
                _persons[row.Handle] = row;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<PersonRow?> GetPersonAsync(UInt128 handle, CancellationToken cancel = default)
    {
        lock (_gate)
            return new(_persons.GetValueOrDefault(handle));
    }

    public ValueTask<IReadOnlyList<PersonRow>> GetPersonsOfAsync(
        UInt128 member, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            return new(_persons.Values.Where(p => p.Member == member)
                .OrderBy(p => p.Kind, StringComparer.Ordinal).ThenBy(p => p.Handle).ToList());
        }
    }

    public ValueTask<int> DeletePersonsOfAsync(UInt128 member, CancellationToken cancel = default)
    {
        lock (_gate)
        {
            var handles = _persons.Values.Where(p => p.Member == member).Select(p => p.Handle).ToList();
            handles.ForEach(handle => _persons.Remove(handle));
            return new(handles.Count);
        }
    }

    private bool Move(CheckpointMove move)
    {
        if (CheckpointRules.Move(_checkpoints.GetValueOrDefault(move.Reader), move) is not { } moved)
            return false;
        _checkpoints[move.Reader] = moved;
        return true;
    }
}
