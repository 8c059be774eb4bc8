using System.Collections.Immutable;
using MallVip.Grains.Budgets;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Due;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Grains.Members;

/// <summary>
/// Decides a request on a timeline's state and hands the entry over, without an await in between.
/// </summary>
public sealed class MemberScribe(MemberServices services, Timeline<MemberState> timeline)
{
    private DateTimeOffset? _armed;

    /// <summary>
    /// While this is in force the due row is known to say <see cref="_armed"/>; at other times merely
    /// something as early, since a sweep may have moved it.
    /// </summary>
    private InForce? _rowKnown;

    /// <summary>Decides; what is accepted has its place in the journal when this returns.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="programme">What decides.</param>
    /// <param name="fetched">What earlier steps asked for. Its draw is over when an answer comes.</param>
    /// <param name="supposed">What earlier dry runs of the same list led to; null: none are supposed.</param>
    public WriteStep Write(
        MemberRequest request, Programme programme, in Fetched fetched, Supposition? supposed = null)
    {
        var step = Decide(request, programme, fetched, supposed);
        if (step.Need is null && (request.DryRun || step.IsDeclined))
            fetched.Draw?.GiveBack();
        return step;
    }

    private WriteStep Decide(
        MemberRequest request, Programme programme, in Fetched fetched, Supposition? supposed)
    {
        if (request.NotAfter <= services.Time.GetUtcNow())
            return Decline(request, new(AnswerStatus.TooLate, null, null, 0));
        var context = new DecideContext
        {
            Programme = programme,
            Now = Clock(request),
            Run = request.RunClock is not null || request.AnyAge,
            Arrived = request.Arrived,
            Entry = (supposed?.Seq ?? timeline.Seq) + 1,
            Actor = request.Actor,
            Purchase = fetched.Purchase,
            Missing = fetched.Missing,
            Budgets = fetched.Draw?.Answers ?? [],
        };
        var state = supposed?.State ?? timeline.State;
        request = services.Codes.Resolve(request, state);
        return MemberDecider.Decide(state, request.Command, context) switch
        {
            Decision.Accepted accepted when request.DryRun =>
                new(Suppose(request, accepted, context, supposed), null),
            Decision.Accepted accepted => new(Record(request, accepted, context, fetched.Draw), null),
            Decision.Needs needs => new(null, needs.Need),
            Decision.Rejected rejected =>
                Decline(request, new(AnswerStatus.Rejected, null, rejected.Rejection, 0)),
            Decision.Unchanged when IsRowStale(request, programme) =>
                new(Record(
                    request, new([], timeline.State, NextDue(programme)), context, fetched.Draw), null),
            // Its key is spent all the same: a late repeat must not do what was not to be done then.
            Decision.Unchanged when !request.Key.IsNone && !request.DryRun =>
                new(Record(
                    request, new([], timeline.State, NextDue(programme)), context, fetched.Draw,
                    isUnchanged: true), null),
            Decision.Unchanged => Decline(request, new(AnswerStatus.Unchanged, null, null, 0)),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
    }

    private Task<MemberAnswer> Record(
        MemberRequest request, Decision.Accepted accepted, DecideContext context, BudgetDraw? draw,
        bool isUnchanged = false)
    {
        var body = EntryBody.Of(request.Command, accepted.Facts, accepted.State);
        var answer = isUnchanged
            ? new MemberAnswer(AnswerStatus.Unchanged, null, null, context.Entry)
            : new MemberAnswer(AnswerStatus.Accepted, Outcome.From(body), null, context.Entry);
        var fired = request.Command is MemberCommand.FireDue;
        var inForce = services.Programmes.Newest;
        var next = Earliest(accepted, context.Programme, inForce.Programme);
        var entry = new EntryDraft
        {
            Kind = KindOf(body.Facts),
            At = context.Now,
            Body = JournalJson.Write(body),
            Key = request.Key,
            Content = request.Content,
            ExtraKeys =
                EntryDraft.Extra(request.Receipt, services.Codes.KeysOf(body.Facts, accepted.State)),
            Actor = request.Actor,
            RulesVersion = context.Programme.Version,
            Persons = request.Persons.IsEmpty ? [] : request.Persons,
            NextDue = ChangeTo(next, fired),
            ValidUntil = draw?.ValidUntil,
        };
        var durable = timeline.Append(entry, accepted.State, answer);
        services.Alarm.Note(context.Programme, accepted.Facts);
        if (entry.NextDue.Action != DueAction.None)
            (_armed, _rowKnown) = (next, fired ? inForce : _rowKnown);
        return draw is null ? durable : draw.SettleAsync(durable, accepted.Facts);
    }

    private static Task<MemberAnswer> Suppose(
        MemberRequest request, Decision.Accepted accepted, DecideContext context, Supposition? supposed)
    {
        supposed?.Advance(accepted.State, context.Entry);
        var body = EntryBody.Of(request.Command, accepted.Facts, accepted.State);
        return Task.FromResult(
            new MemberAnswer(AnswerStatus.Accepted, Outcome.From(body), null, context.Entry));
    }

    /// <summary>The due row is rewritten only when it must move earlier, or when it has just fired.</summary>
    private DueChange ChangeTo(DateTimeOffset? next, bool fired) => next switch
    {
        null => fired ? DueChange.Clear : DueChange.None,
        { } at when fired => DueChange.Exactly(at),
        { } at when _armed is null || at < _armed => DueChange.Earlier(at),
        _ => DueChange.None,
    };

    /// <summary>
    /// A timer that finds nothing due comes from a row that is too early: an entry without facts moves it, or
    /// it would be claimed again for ever.
    /// </summary>
    private bool IsRowStale(MemberRequest request, Programme programme) =>
        request.Command is MemberCommand.FireDue && !request.DryRun
        && !(ReferenceEquals(_rowKnown, services.Programmes.Newest) && NextDue(programme) == _armed);

    /// <summary>What finishes on an older version is armed for the one in force as well.</summary>
    private static DateTimeOffset? Earliest(Decision.Accepted accepted, Programme decided, Programme inForce)
    {
        if (ReferenceEquals(decided, inForce))
            return accepted.NextDue;
        var next = DueQueue.NextDue(accepted.State, inForce);
        return accepted.NextDue < next || next is null ? accepted.NextDue : next;
    }

    private DateTimeOffset? NextDue(Programme programme) => DueQueue.NextDue(timeline.State, programme);

    private WriteStep Decline(MemberRequest request, MemberAnswer answer)
    {
        if (!request.DryRun)
            services.Keys.GiveBack(request.Key, request.Receipt);
        return new(Task.FromResult(answer), null, IsDeclined: true);
    }

    /// <summary>The silo's clock or the run's, but never behind the newest entry.</summary>
    private DateTimeOffset Clock(MemberRequest request) =>
        timeline.NotBefore(request.RunClock ?? services.Time.GetUtcNow());

    private static string KindOf(ImmutableArray<Fact> facts)
    {
        foreach (var fact in facts)
        {
            if (fact is Fact.EventParked { Until: null })
                return MemberArchive.WaitingKind;
        }

        return MemberArchive.EntryKind;
    }
}

/// <summary>One attempt to write: an answer on its way, or what is missing for it.</summary>
/// <param name="IsDeclined">Nothing is written.</param>
public readonly record struct WriteStep(Task<MemberAnswer>? Answer, Need? Need, bool IsDeclined = false);
