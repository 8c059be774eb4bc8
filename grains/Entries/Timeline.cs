using MallVip.Grains.Journal;

namespace MallVip.Grains.Entries;

/// <summary>
/// One grain's end of the journal: the state as decided, the state as durable, and what lies between.
/// Decisions build on each other before they are committed; if an append fails, everything on top of it fails
/// too and the timeline admits nothing more. Not thread-safe: it lives in its grain's turns.
/// </summary>
/// <param name="writer">Where entries go.</param>
/// <param name="grain">Whose entries they are.</param>
/// <param name="start">What the journal says at activation.</param>
public sealed class Timeline<TState>(JournalWriter writer, GrainKey grain, TimelineStart<TState> start)
{
    private List<DecidedEntry>? _recent;
    private Task _lastCommit = Task.CompletedTask;
    private Hash256 _hash = start.Hash;
    private int _historyReaders;
    private AppendFailedException? _broken;

    /// <summary>The state with everything decided so far. Only deciders may see it.</summary>
    public TState State { get; private set; } = start.State;

    /// <summary>The newest entry, decided or durable.</summary>
    public long Seq { get; private set; } = start.Seq;

    /// <summary>The newest durable entry.</summary>
    public long CommittedSeq { get; private set; } = start.Seq;

    /// <summary>The state up to <see cref="CommittedSeq"/>.</summary>
    public TState Committed { get; private set; } = start.State;

    /// <summary>The clock of the newest entry; the next one is not earlier.</summary>
    public DateTimeOffset LastAt { get; private set; } = start.LastAt;

    /// <summary>A clock that never runs behind the newest entry.</summary>
    public DateTimeOffset NotBefore(DateTimeOffset now) => now > LastAt ? now : LastAt;

    /// <summary>Called in the grain's turn when an append has failed, before any caller hears of it: the
    /// activation must go. Default: nothing.</summary>
    public Action? Broken { get; set; }

    /// <summary>
    /// Takes the next place for an entry and makes its state the current one, at once and without an await.
    /// </summary>
    /// <param name="entry">What was decided; gets its place here.</param>
    /// <param name="next">The state with it applied.</param>
    /// <param name="answer">What to tell once it is durable.</param>
    /// <returns>The answer, when the entry is durable.</returns>
    /// <exception cref="AppendFailedException">An earlier entry failed; reload and decide anew.</exception>
    /// <exception cref="JournalOverloadedException">The journal is behind; nothing changed.</exception>
    public Task<TAnswer> Append<TAnswer>(EntryDraft entry, TState next, TAnswer answer)
    {
        ThrowIfBroken();
        entry.Place(grain, Seq + 1, _hash);
        var append = writer.Append(entry);
        Seq = entry.Seq;
        State = next;
        LastAt = entry.At;
        _hash = entry.Hash;
        if (_historyReaders > 0)
            _recent!.Add(new(entry.Seq, entry.Body));
        var commit = Follow(append, entry.Seq, next, answer);
        _lastCommit = commit;
        return commit;
    }

    /// <summary>The state as of now, once it cannot be lost any more.</summary>
    public async Task<(TState State, long Seq)> ReadDurable()
    {
        ThrowIfBroken();
        var (state, seq) = (State, Seq);
        await _lastCommit;
        return (state, seq);
    }

    /// <summary>
    /// Opens a look into the past that stays whole while new entries come: until it is disposed, entries
    /// decided after this call are kept in <see cref="HistoryLook.Recent"/>.
    /// </summary>
    public async Task<HistoryLook> LookBack()
    {
        ThrowIfBroken();
        _historyReaders++;
        _recent ??= [];
        var seq = Seq;
        try
        {
            await _lastCommit;
        }
        catch
        {
            EndLook();
            throw;
        }

        return new HistoryLook(seq, _recent, EndLook);
    }

    private void EndLook()
    {
        if (--_historyReaders == 0)
            _recent = null;
    }

    private async Task<TAnswer> Follow<TAnswer>(
        ValueTask<Appended> append, long seq, TState next, TAnswer answer)
    {
        try
        {
            await append;
        }
        catch (AppendFailedException failure)
        {
            _broken ??= failure;
            Broken?.Invoke();
            throw;
        }

        CommittedSeq = seq;
        Committed = next;
        // A resident grain need not hold on to its last answer.
        if (seq == Seq)
            _lastCommit = Task.CompletedTask;
        return answer;
    }

    private void ThrowIfBroken()
    {
        if (_broken is { } cause)
            throw new AppendFailedException(
                AppendFailure.PredecessorFailed, grain, "An earlier entry of this grain was not written.",
                cause);
    }
}

/// <summary>Where a timeline begins: what the journal holds at activation.</summary>
public sealed record TimelineStart<TState>(TState State, long Seq, Hash256 Hash, DateTimeOffset LastAt);

/// <summary>An entry that has its place but is perhaps not durable yet.</summary>
public readonly record struct DecidedEntry(long Seq, ReadOnlyMemory<byte> Body);

/// <summary>A look into a grain's past; see <see cref="Timeline{TState}.LookBack"/>.</summary>
/// <param name="durableThrough">Entries up to here are to be read from the journal.</param>
/// <param name="recent">All entries decided since, oldest first.</param>
public sealed class HistoryLook(long durableThrough, IReadOnlyList<DecidedEntry> recent, Action end)
    : IDisposable
{
    public long DurableThrough { get; } = durableThrough;

    public IReadOnlyList<DecidedEntry> Recent { get; } = recent;

    public void Dispose() => end();
}
