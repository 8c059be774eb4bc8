using Npgsql;

namespace MallVip.Grains.Journal;

/// <summary>What a batch does to the due table: the net effect on each grain, one statement per kind of
/// change, rows in the order of the grains so that two writers never wait for each other in a ring.</summary>
internal sealed class DueChanges
{
    private const string Clear = "DELETE FROM due WHERE grain = ANY($1)";

    private const string Exact = """
        INSERT INTO due AS d (grain, at, claimed_until) SELECT g, a, 0 FROM unnest($1, $2) AS n(g, a)
        ON CONFLICT (grain) DO UPDATE SET at = excluded.at, claimed_until = 0
        """;

    private const string Earlier = """
        INSERT INTO due AS d (grain, at, claimed_until) SELECT g, a, 0 FROM unnest($1, $2) AS n(g, a)
        ON CONFLICT (grain) DO UPDATE SET at = excluded.at WHERE excluded.at < d.at
        """;

    private readonly SortedDictionary<GrainKey, DueChange> _changes = [];

    /// <summary>Adds the statements for a batch's changes; none when it has none.</summary>
    public void AddTo(NpgsqlBatch statements, JournalBatch batch)
    {
        _changes.Clear();
        foreach (var draft in batch.Entries)
        {
            if (draft.NextDue.Action != DueAction.None)
                _changes[draft.Grain] = After(_changes.GetValueOrDefault(draft.Grain), draft.NextDue);
        }

        if (_changes.Count == 0)
            return;
        Add(statements, Clear, DueAction.Clear);
        Add(statements, Exact, DueAction.Exact);
        Add(statements, Earlier, DueAction.Earlier);
    }

    /// <summary>Two changes of one grain as one.</summary>
    internal static DueChange After(DueChange first, DueChange then) => (first.Action, then.Action) switch
    {
        (_, DueAction.None) => first,
        (DueAction.None, _) or (_, DueAction.Clear or DueAction.Exact) => then,
        // There is no row any more that the new instant could be later than.
        (DueAction.Clear, DueAction.Earlier) => DueChange.Exactly(then.At),
        (_, DueAction.Earlier) => then.At < first.At ? Same(first.Action, then.At) : first,
        _ => throw new ArgumentOutOfRangeException(
            nameof(then), then.Action, "No such action on a due row."),
    };

    private static DueChange Same(DueAction action, DateTimeOffset at) =>
        action == DueAction.Exact ? DueChange.Exactly(at) : DueChange.Earlier(at);

    private void Add(NpgsqlBatch statements, string sql, DueAction action)
    {
        var chosen = _changes.Where(change => change.Value.Action == action).ToArray();
        if (chosen.Length == 0)
            return;
        var statement = statements.Add(sql).With(Array.ConvertAll(chosen, change => change.Key.ToBytes()));
        if (action != DueAction.Clear)
            statement.With(Array.ConvertAll(chosen, change => StoredTime.From(change.Value.At)));
    }
}
