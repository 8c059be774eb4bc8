using MallVip.Grains.Journal;

namespace MallVip.Grains.Entries;

/// <summary>Where timelines begin that keep no snapshots.</summary>
internal static class TimelineFold
{
    /// <summary>Before the first entry.</summary>
    public static TimelineStart<TState> Empty<TState>(TState state) =>
        new(state, 0, Hash256.Zero, DateTimeOffset.MinValue);

    /// <summary>Folds a grain's whole journal.</summary>
    /// <param name="empty">The state before the first entry.</param>
    /// <param name="apply">The state with one more entry.</param>
    public static async Task<TimelineStart<TState>> ReadAsync<TState>(
        IJournalReader journal, GrainKey grain, TState empty, Func<TState, JournalEntry, TState> apply,
        CancellationToken cancellation)
    {
        var start = Empty(empty);
        foreach (var entry in await journal.ReadAsync(grain, 0, cancellation))
            start = new(apply(start.State, entry), entry.Seq, entry.Hash, entry.At);
        return start;
    }
}
