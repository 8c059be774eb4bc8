using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal;

/// <summary>A journal in front of another one; a test's double overrides what it changes.</summary>
internal abstract class ForwardingJournal(IJournal inner, bool owns = true) : IJournal
{
    public ValueTask<Snapshot?> LoadMilestoneAsync(
        GrainKey grain, int schema, long atMost, CancellationToken cancel = default) =>
        inner.LoadMilestoneAsync(grain, schema, atMost, cancel);

    public string? KeysTrouble => inner.KeysTrouble;

    public CommitSignal Commits => inner.Commits;

    protected IJournal Inner => inner;

    public virtual ValueTask<long[]> AppendBatchAsync(
        JournalBatch batch, CancellationToken cancel = default) =>
        inner.AppendBatchAsync(batch, cancel);

    public virtual ValueTask<long[]?> ResolveBatchAsync(
        JournalBatch batch, CancellationToken cancel = default) =>
        inner.ResolveBatchAsync(batch, cancel);

    public virtual ValueTask<bool> CompareAndSetCheckpointAsync(
        CheckpointMove move, CancellationToken cancel = default) =>
        inner.CompareAndSetCheckpointAsync(move, cancel);

    public ValueTask<BatchRoot> WriterStateAsync(CancellationToken cancel = default) =>
        inner.WriterStateAsync(cancel);

    public virtual bool TryGetHead(GrainKey grain, out HeadPlace head) => inner.TryGetHead(grain, out head);

    public ValueTask<JournalHead> HeadAsync(GrainKey grain, CancellationToken cancel = default) =>
        inner.HeadAsync(grain, cancel);

    public virtual ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        GrainKey grain, long afterSeq = 0, CancellationToken cancel = default) =>
        inner.ReadAsync(grain, afterSeq, cancel);

    public virtual ValueTask<JournalEntry?> ReadAtAsync(long pos, CancellationToken cancel = default) =>
        inner.ReadAtAsync(pos, cancel);

    public ValueTask<TailPage> TailAsync(TailPosition after, int max, CancellationToken cancel = default) =>
        inner.TailAsync(after, max, cancel);

    public ValueTask<KeyPage> TailKeysAsync(
        TailPosition after, int max, CancellationToken cancel = default) =>
        inner.TailKeysAsync(after, max, cancel);

    public ValueTask<IReadOnlyList<BatchRoot>> BatchRootsAsync(
        int writer, long afterBatch, int max, CancellationToken cancel = default) =>
        inner.BatchRootsAsync(writer, afterBatch, max, cancel);

    public ValueTask<IReadOnlyList<BatchRoot>> LastRootsAsync(CancellationToken cancel = default) =>
        inner.LastRootsAsync(cancel);

    public ValueTask<string?> GetMetaAsync(string name, CancellationToken cancel = default) =>
        inner.GetMetaAsync(name, cancel);

    public ValueTask SetMetaAsync(string name, string value, CancellationToken cancel = default) =>
        inner.SetMetaAsync(name, value, cancel);

    public ValueTask<RulesVersionRow?> LoadRulesAsync(string version, CancellationToken cancel = default) =>
        inner.LoadRulesAsync(version, cancel);

    public ValueTask SaveRulesAsync(RulesVersionRow row, CancellationToken cancel = default) =>
        inner.SaveRulesAsync(row, cancel);

    public ValueTask MaintainAsync(CancellationToken cancel = default) => inner.MaintainAsync(cancel);

    public ValueTask<Snapshot?> LoadSnapshotAsync(
        GrainKey grain, int schema, CancellationToken cancel = default) =>
        inner.LoadSnapshotAsync(grain, schema, cancel);

    public virtual ValueTask SaveSnapshotsAsync(
        IReadOnlyList<Snapshot> snapshots, CancellationToken cancel = default) =>
        inner.SaveSnapshotsAsync(snapshots, cancel);

    public virtual ValueTask<IReadOnlyList<DueGrain>> ClaimDueAsync(
        DateTimeOffset now, int max, DateTimeOffset claimUntil, Func<GrainKey, bool>? held = null,
        CancellationToken cancel = default) =>
        inner.ClaimDueAsync(now, max, claimUntil, held, cancel);

    public virtual ValueTask AdvanceDueAsync(
        IReadOnlyList<DueAdvance> rows, CancellationToken cancel = default) =>
        inner.AdvanceDueAsync(rows, cancel);

    public virtual ValueTask<IReadOnlyList<GrainKey>> GrainsAsync(
        int share, CancellationToken cancel = default) =>
        inner.GrainsAsync(share, cancel);

    public ValueTask<DateTimeOffset?> NextDueAsync(
        Func<GrainKey, bool>? held = null, CancellationToken cancel = default) =>
        inner.NextDueAsync(held, cancel);

    public ValueTask<Checkpoint?> GetCheckpointAsync(ReaderId reader, CancellationToken cancel = default) =>
        inner.GetCheckpointAsync(reader, cancel);

    public ValueTask<Checkpoint?> LeaseCheckpointAsync(
        ReaderId reader, string owner, DateTimeOffset now, DateTimeOffset until,
        CancellationToken cancel = default) =>
        inner.LeaseCheckpointAsync(reader, owner, now, until, cancel);

    public ValueTask PutPersonsAsync(IReadOnlyList<PersonRow> rows, CancellationToken cancel = default) =>
        inner.PutPersonsAsync(rows, cancel);

    public ValueTask<PersonRow?> GetPersonAsync(UInt128 handle, CancellationToken cancel = default) =>
        inner.GetPersonAsync(handle, cancel);

    public ValueTask<IReadOnlyList<PersonRow>> GetPersonsOfAsync(
        UInt128 member, CancellationToken cancel = default) => inner.GetPersonsOfAsync(member, cancel);

    public ValueTask<int> DeletePersonsOfAsync(UInt128 member, CancellationToken cancel = default) =>
        inner.DeletePersonsOfAsync(member, cancel);

    public virtual ValueTask<long> FindKeyAsync(EventKey key, CancellationToken cancel = default) =>
        inner.FindKeyAsync(key, cancel);

    public virtual ValueTask<bool> AddKeysAsync(
        IReadOnlyList<KeyAt> keys, CheckpointMove move, CancellationToken cancel = default) =>
        inner.AddKeysAsync(keys, move, cancel);

    public virtual ValueTask PutInboxAsync(
        IReadOnlyList<InboxDraft> rows, CancellationToken cancel = default) =>
        inner.PutInboxAsync(rows, cancel);

    public virtual ValueTask<IReadOnlyList<InboxRow>> ReadInboxAsync(
        long after, int max, CancellationToken cancel = default) => inner.ReadInboxAsync(after, max, cancel);

    public ValueTask<long> CountInboxAsync(CancellationToken cancel = default) =>
        inner.CountInboxAsync(cancel);

    public virtual ValueTask SettleInboxAsync(
        IReadOnlyList<InboxEnd> ends, CancellationToken cancel = default) =>
        inner.SettleInboxAsync(ends, cancel);

    public ValueTask<InboxTrace> FindInboxAsync(EventKey key, CancellationToken cancel = default) =>
        inner.FindInboxAsync(key, cancel);

    public virtual ValueTask ForgetRefusalsAsync(
        DateTimeOffset before, CancellationToken cancel = default) =>
        inner.ForgetRefusalsAsync(before, cancel);

    public bool IsShared => inner.IsShared;

    public TailPosition KeysKnownTo => inner.KeysKnownTo;

    public void NoteKeys(IReadOnlyList<KeyAt> keys) => inner.NoteKeys(keys);

    public ValueTask<IReadOnlyList<KeyAt>> KeysOfAsync(
        GrainKey grain, TailPosition after, CancellationToken cancel = default) =>
        inner.KeysOfAsync(grain, after, cancel);

    public ValueTask<DateTimeOffset?> DeadlineAsync(TimeSpan lasts, CancellationToken cancel = default) =>
        inner.DeadlineAsync(lasts, cancel);

    public ValueTask<bool> HasPassedAsync(DateTimeOffset deadline, CancellationToken cancel = default) =>
        inner.HasPassedAsync(deadline, cancel);

    public ValueTask<IAsyncDisposable?> TryTakeWorkAsync(string name, CancellationToken cancel = default) =>
        inner.TryTakeWorkAsync(name, cancel);

    public ValueTask<TailPosition> EndAsync(CancellationToken cancel = default) => inner.EndAsync(cancel);

    public ValueTask<int> AdoptInboxAsync(CancellationToken cancel = default) =>
        inner.AdoptInboxAsync(cancel);

    public virtual ValueTask DisposeAsync() => owns ? inner.DisposeAsync() : ValueTask.CompletedTask;
}
