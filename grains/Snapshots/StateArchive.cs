using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;

namespace MallVip.Grains.Snapshots;

/// <summary>
/// Where a grain other than a member begins: its newest snapshot and the entries since. A snapshot that is
/// of another format, cannot be read, or is ahead of the journal is none.
/// </summary>
internal abstract class StateArchive<TState>(MemberServices services, GrainKey grain)
{
    private const int EntriesBetween = 512;

    private long _saved;

    /// <summary>Raised with every change of what is written, or of the fold.</summary>
    protected abstract int Schema { get; }

    /// <summary>Before the first entry.</summary>
    protected abstract TState Empty { get; }

    public async Task<TimelineStart<TState>> OpenAsync(CancellationToken cancellation)
    {
        if (services.Journal.TryGetHead(grain, out var head) && head.Seq == 0)
            return TimelineFold.Empty(Empty);
        var (state, seq) = await LoadAsync(cancellation);
        var start = await FoldAsync(state, seq, cancellation);
        if (start.Seq >= seq)
            _saved = seq;
        else
            start = await FoldAsync(Empty, 0, cancellation);
        return start;
    }

    /// <summary>Hands the durable state over to be saved, if enough has happened since the last time: at
    /// least as many entries as it has parts, so that what is written stays in proportion.</summary>
    public void Offer(Timeline<TState> timeline)
    {
        if (timeline.CommittedSeq - _saved < EntriesBetween
            || timeline.CommittedSeq - _saved < PartsOf(timeline.Committed))
            return;
        _saved = timeline.CommittedSeq;
        services.Snapshots.Offer(new(grain, _saved, Schema, Write(timeline.Committed)));
    }

    protected abstract TState Apply(TState state, JournalEntry entry);

    protected abstract byte[] Write(TState state);

    /// <summary>May throw whatever it likes: then the journal is folded.</summary>
    protected abstract TState Read(ReadOnlySpan<byte> snapshot);

    /// <summary>How large the state is, in parts of about an entry's size.</summary>
    protected abstract int PartsOf(TState state);

    private async Task<(TState State, long Seq)> LoadAsync(CancellationToken cancellation)
    {
        if (await services.Journal.LoadSnapshotAsync(grain, Schema, cancellation) is not { } snapshot)
            return (Empty, 0);
        try
        {
            return (Read(snapshot.State.Span), snapshot.Seq);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            services.Snapshots.TellUnreadable(grain, failure);
            return (Empty, 0);
        }
    }

    /// <param name="seq">The entry up to which the state goes; it is read along: its hash and clock are where
    /// the chain goes on.</param>
    private async Task<TimelineStart<TState>> FoldAsync(
        TState state, long seq, CancellationToken cancellation)
    {
        var start = TimelineFold.Empty(Empty);
        foreach (var entry in await services.Journal.ReadAsync(grain, Math.Max(0, seq - 1), cancellation))
        {
            if (entry.Seq > seq)
                state = Apply(state, entry);
            start = new(state, entry.Seq, entry.Hash, entry.At);
        }

        return start;
    }
}
