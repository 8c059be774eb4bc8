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

/// <summary>
/// What a member's journal says: the state at activation, at any past instant, and the history.
/// </summary>
public sealed class MemberArchive(MemberServices services, MemberId member)
{
    /// <summary>The kind of a member's entry.</summary>
    public const string EntryKind = "member";

    /// <summary>The kind of an entry that leaves a purchase waiting for its store.</summary>
    public const string WaitingKind = "waiting";

    private long _snapshotSeq;

    public GrainKey Grain { get; } = new(GrainKind.Member, member.Value);

    /// <summary>The newest state: the snapshot, if there is one, and the entries since.</summary>
    public async Task<Timeline<MemberState>> OpenAsync(CancellationToken cancellation)
    {
        var start =
            new TimelineStart<MemberState>(MemberState.Empty, 0, Hash256.Zero, DateTimeOffset.MinValue);
        if (services.Journal.TryGetHead(Grain, out var head) && head.Seq == 0)
            return new(services.Writer, Grain, start);
        var state = MemberState.Empty;
        var snapshot = await services.Journal.LoadSnapshotAsync(Grain, MemberSnapshot.Schema, cancellation);
        if (snapshot is not null && MemberSnapshot.Read(snapshot.Schema, snapshot.State.Span) is { } saved)
            (state, _snapshotSeq) = (saved, snapshot.Seq);

        // One entry before the snapshot's end is read along: its hash and clock are where the chain goes on.
        var entries = await services.Journal.ReadAsync(Grain, Math.Max(0, _snapshotSeq - 1), cancellation);
        foreach (var entry in entries)
        {
            if (entry.Seq > _snapshotSeq)
                state = Apply(state, entry);
            start = new(state, entry.Seq, entry.Hash, entry.At);
        }

        return new(services.Writer, Grain, start);
    }

    /// <summary>
    /// Hands the durable state over to be saved, if enough has happened since the last time.
    /// </summary>
    public void OfferSnapshot(Timeline<MemberState> timeline)
    {
        if (timeline.CommittedSeq - _snapshotSeq < SnapshotSaver.EntriesBetween)
            return;
        _snapshotSeq = timeline.CommittedSeq;
        services.Snapshots.Offer(new(
            Grain, timeline.CommittedSeq, MemberSnapshot.Schema, MemberSnapshot.Write(timeline.Committed)));
    }

    /// <summary>The first outcome of a command that came again, or why it is no repeat.</summary>
    public async Task<MemberAnswer> AnswerRepeatAsync(MemberRequest request, KeyAdmission admission)
    {
        if (admission.Kind == AdmissionKind.ReceiptTaken)
            return new(AnswerStatus.Rejected, null, ReceiptKnown, 0);
        var first = await services.FirstAsync(request.Key, admission.Pos);
        return first.Differs(request.Content)
            ? new(AnswerStatus.KeyReused, null, null, first.Seq)
            : new(AnswerStatus.Duplicate, first.Outcome, null, first.Seq) { Member = first.Member };
    }

    /// <summary>
    /// The state as it was at an instant of the arrival clock; entry 0 when there was none yet.
    /// </summary>
    public async Task<MemberReading.Snapshot> ReadAtAsync(DateTimeOffset at)
    {
        var (state, seq) = (MemberState.Empty, 0L);
        foreach (var entry in await services.Journal.ReadAsync(Grain))
        {
            if (entry.At > at)
                break;
            (state, seq) = (Apply(state, entry), entry.Seq);
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
                page.Add(new(entry.Seq, entry.At, entry.Actor, entry.RulesVersion,
                    JournalJson.ReadBody(entry.Body.Span)));
        }

        page.Reverse();
        return new(page.DrainToImmutable(), first > 1 ? first : null);
    }

    /// <inheritdoc cref="PurchaseArchive.ReadAsync(Need)"/>
    public Task<PurchasePast> ReadPurchaseAsync(Need need, ImmutableArray<AbsorbedMember> absorbed) =>
        new PurchaseArchive(services, Grain, absorbed).ReadAsync(need);

    private static Rejection ReceiptKnown { get; } = new(
        RejectionKind.ReceiptKnown, "data.receipt", RejectionCatalog.Of(RejectionKind.ReceiptKnown).Title);

    private static MemberState Apply(MemberState state, JournalEntry entry)
    {
        foreach (var fact in JournalJson.ReadBody(entry.Body.Span).Facts)
            state = MemberFold.Apply(state, fact, entry.Seq);
        return state;
    }
}
