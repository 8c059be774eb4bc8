using MallVip.Grains.Budgets;
using MallVip.Grains.Desk;
using MallVip.Grains.Intake;
using MallVip.Grains.Programmes;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Explaining;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Explaining;

/// <summary>
/// Decides events without recording them, on the programme in force, and explains what they would give. No
/// grain is asked to decide: a member's durable state is read, and the rest is arithmetic.
/// </summary>
public sealed class QuoteDesk(
    MemberDesk desk, EventReader reader, EntryArchive archive, ProgrammeHost programmes, BudgetLeases budgets,
    TimeProvider time)
{
    private const string Actor = "quote";

    /// <summary>Null: no such member, or none at that time.</summary>
    public async Task<Quote?> AskAsync(QuoteRequest request, CancellationToken cancellation)
    {
        var clock = time.GetUtcNow();
        var now = request.Now ?? clock;
        if (reader.Read(request.Event, now, out var refusal) is not { } incoming)
            return Quote.Refused(refusal!);
        var programme = programmes.Current;
        var command = new MemberCommand.RecordEvent(incoming.Event);
        if (request.Member is not { } member)
            return await DecideAsync(
                Newcomer(programme, now), [], Entry(2, now, programme, command), programme);
        var view = await desk.ReadAsync(member, now < clock ? now : null, cancellation);
        if (view is null)
            return null;
        var (state, seq) = (view.Snapshot.State, view.Snapshot.Seq);
        var entry = Entry(seq + 1, now, programme, command);
        if (incoming.Event.Data is not Rules.Events.RefundData)
            return await DecideAsync(state, [], entry, programme);
        var before = await archive.EntriesAsync(member, seq, cancellation);
        var versions = MemberPast.VersionsOf([.. before, entry]);
        return await DecideAsync(state, before, entry, await archive.ProgrammesAsync(versions));
    }

    private Task<Quote> DecideAsync(
        MemberState state, IReadOnlyList<PastEntry> before, PastEntry entry, Programme programme) =>
        DecideAsync(
            state, before, entry, new Dictionary<string, Programme> { [programme.Version] = programme });

    private async Task<Quote> DecideAsync(
        MemberState state, IReadOnlyList<PastEntry> before, PastEntry entry,
        IReadOnlyDictionary<string, Programme> versions)
    {
        var past = MemberPast.Of(before, entry, state, versions);
        var decision = EntryExplainer.Decide(past, []);
        while (decision is Decision.Needs { Need: Need.OfBudgets asked })
            decision = EntryExplainer.Decide(past, (await budgets.SupposeAsync(asked.Asks)).Answers);
        return decision switch
        {
            Decision.Rejected rejected => Quote.Refused(Refusals.Of(rejected.Rejection)),
            Decision.Accepted accepted => new(
                null,
                EntryExplainer.Explain(
                    MemberPast.Of(before, entry with { Facts = accepted.Facts }, state, versions)),
                state,
                accepted.State),
            var other => throw new InvalidOperationException($"No quote for {other.GetType().Name}."),
        };
    }

    private static PastEntry Entry(
        long seq, DateTimeOffset now, Programme programme, MemberCommand.RecordEvent command) =>
        new(seq, now, Actor, programme.Version, command, []);

    /// <summary>Somebody who enrolled a moment ago and has nothing yet.</summary>
    private static MemberState Newcomer(Programme programme, DateTimeOffset now)
    {
        var enrol = new MemberCommand.Enrol(new MemberId(UInt128.MaxValue), now, null, [], null);
        var context = new DecideContext { Programme = programme, Now = now, Run = true, Entry = 1 };
        return MemberDecider.Decide(MemberState.Empty, enrol, context) is Decision.Accepted accepted
            ? accepted.State
            : throw new InvalidOperationException("Nobody could enrol.");
    }
}
