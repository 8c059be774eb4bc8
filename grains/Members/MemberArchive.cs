using System.Collections.Immutable;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Grains.Snapshots;
using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Members;

/// <summary>What a member's journal says: the state at activation, at any past instant, and the history.</summary>
public sealed class MemberArchive(MemberServices services, MemberId member)
{
    private long _snapshotSeq;

    public GrainKey Grain { get; } = new(GrainKind.Member, member.Value);

    /// <summary>The newest state: the snapshot, if there is one, and the entries since.</summary>
    public async Task<Timeline<MemberState>> OpenAsync(CancellationToken cancellation)
    {
        var start = new TimelineStart<MemberState>(MemberState.Empty, 0, Hash256.Zero, DateTimeOffset.MinValue);
        if (services.Journal.TryGetHead(Grain, out var head) && head.Seq == 0)
            return new(services.Writer, Grain, start);
        var state = MemberState.Empty;
        var snapshot = await services.Journal.LoadSnapshotAsync(Grain, MemberSnapshot.Schema, cancellation);
        if (snapshot is not null)
        {
            state = MemberSnapshot.FromBytes(snapshot.State);
            _snapshotSeq = snapshot.Seq;
        }

        // One entry before the snapshot's end is read along: its hash and clock are where the chain goes on.
        var entries = await services.Journal.ReadAsync(Grain, Math.Max(0, _snapshotSeq - 1), cancellation);
        foreach (var entry in entries)
        {
            if (entry.Seq > _snapshotSeq)
                state = EntryBody.Parse(entry.Body).ApplyTo(state, entry.Seq);
            start = new(state, entry.Seq, entry.Hash, entry.At);
        }

        return new(services.Writer, Grain, start);
    }

    /// <summary>Hands the durable state over to be saved, if enough has happened since the last time.</summary>
    public void OfferSnapshot(Timeline<MemberState> timeline)
    {
        if (timeline.CommittedSeq - _snapshotSeq < SnapshotSaver.EntriesBetween)
            return;
        _snapshotSeq = timeline.CommittedSeq;
        services.Snapshots.Offer(new(
            Grain, timeline.CommittedSeq, MemberSnapshot.Schema, MemberSnapshot.ToBytes(timeline.Committed)));
    }

    /// <summary>The first outcome of a command that came again, or why it is no repeat.</summary>
    public async Task<MemberAnswer> AnswerRepeatAsync(MemberRequest request, KeyAdmission admission)
    {
        if (admission.Kind == AdmissionKind.ReceiptTaken)
            return new(AnswerStatus.Rejected, null, Receipts.Taken, 0);
        var first = await services.Journal.ReadAtAsync(admission.Pos)
            ?? throw new JournalDamagedException($"The key index points to {admission.Pos}, where no entry stands.");
        if (first.ContentHash is { } content && request.Content != UInt128.Zero && content != request.Content)
            return new(AnswerStatus.KeyReused, null, null, first.Seq);
        var outcome = first.Grain.Kind == GrainKind.Member ? Outcome.From(EntryBody.Parse(first.Body)) : null;
        return new(AnswerStatus.Duplicate, outcome, null, first.Seq);
    }

    /// <summary>The state as it was at an instant of the arrival clock; entry 0 when there was none yet.</summary>
    public async Task<MemberReading.Snapshot> ReadAtAsync(DateTimeOffset at)
    {
        var (state, seq) = (MemberState.Empty, 0L);
        foreach (var entry in await services.Journal.ReadAsync(Grain))
        {
            if (entry.At > at)
                break;
            (state, seq) = (EntryBody.Parse(entry.Body).ApplyTo(state, entry.Seq), entry.Seq);
        }

        return new(state, seq);
    }

    /// <summary>A page of the history, newest first.</summary>
    public async Task<MemberReading.Page> ReadHistoryAsync(MemberQuery.History query, long newest)
    {
        var last = Math.Min(newest, query.Before is { } before ? before - 1 : long.MaxValue);
        var first = Math.Max(1, last - Math.Clamp(query.Limit, 1, 500) + 1);
        var page = ImmutableArray.CreateBuilder<HistoryEntry>();
        foreach (var entry in await services.Journal.ReadAsync(Grain, first - 1))
        {
            if (entry.Seq <= last)
                page.Add(new(entry.Seq, entry.At, entry.Actor, entry.RulesVersion, EntryBody.Parse(entry.Body)));
        }

        page.Reverse();
        return new(page.DrainToImmutable(), first > 1 ? first : null);
    }

    /// <summary>All that the journal holds of a purchase: the state before it, its entry and those since.</summary>
    public async Task<PurchasePast> ReadPurchaseAsync(Need need)
    {
        var (store, receipt) = need is Need.OfPurchase purchase
            ? (purchase.Store, purchase.Receipt)
            : throw new InvalidOperationException($"No archive has {need.GetType().Name}.");
        var claim = await services.Keys.FindAsync(EventKey.ForReceipt(store, receipt));
        var found = claim.Kind == KeyClaimKind.Written ? await services.Journal.ReadAtAsync(claim.Pos) : null;
        if (found is null || found.Grain != Grain)
            return PurchasePast.NotFound;
        var before = MemberState.Empty;
        var since = new List<DecidedEntry>();
        foreach (var entry in await services.Journal.ReadAsync(Grain))
        {
            if (entry.Seq < found.Seq)
                before = EntryBody.Parse(entry.Body).ApplyTo(before, entry.Seq);
            else
                since.Add(new(entry.Seq, entry.Body));
        }

        return new(before, await services.Programmes.GetAsync(found.RulesVersion), since);
    }
}
