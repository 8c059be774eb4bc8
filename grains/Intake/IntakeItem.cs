using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Intake;

/// <summary>One line on its way.</summary>
public sealed class IntakeItem
{
    /// <summary>Null: it could not be read, <see cref="Refusal"/> says why.</summary>
    public IncomingEvent? Event { get; init; }

    public Refusal? Refusal { get; init; }

    /// <summary>Its row, if it goes into the inbox; null: it is decided at once.</summary>
    public InboxDraft? Draft { get; init; }

    /// <summary>The run's clock at this line; null when live.</summary>
    public DateTimeOffset? Clock { get; set; }

    /// <summary>Whose it is by a hint; null: <see cref="Route"/> tells.</summary>
    public MemberId? Member { get; set; }

    /// <summary>Whose it is, being found out.</summary>
    public Task<Route>? Route { get; set; }

    /// <summary>It enrols its member.</summary>
    public bool Fresh { get; set; }

    /// <summary>The identity by which the member is believed to be known; null: it is known.</summary>
    public UInt128? Via { get; set; }

    /// <summary>One request and no more will do, unless its answer says otherwise.</summary>
    public bool IsPlain => !Fresh && Event!.Identities.IsEmpty;

    public MemberRequest ToRequest(MemberId member, IntakeOptions options) =>
        Event!.ToRequest(member, options, Clock, Via);

    public TaskCompletionSource<EventAnswer> Answer { get; } =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Complete(EventAnswer answer) => Answer.TrySetResult(Answered(answer));

    /// <summary>The answer to the member's answer.</summary>
    public void Complete(MemberId member, MemberAnswer answer) => Answer.TrySetResult(new EventAnswer
    {
        Source = Event!.Event.Source,
        Id = Event.Event.Id,
        Member = answer.Member ?? member,
        Outcome = answer.Outcome,
        Status = answer.Status switch
        {
            AnswerStatus.Accepted or AnswerStatus.Unchanged => EventStatus.Accepted,
            AnswerStatus.Duplicate => EventStatus.Duplicate,
            AnswerStatus.Rejected or AnswerStatus.KeyReused => EventStatus.Rejected,
            _ => throw new InvalidOperationException($"No event status for {answer.Status}."),
        },
        Refusal = answer.Status == AnswerStatus.KeyReused ? Refusals.EventIdReused
            : answer.Rejection is { } rejection ? Refusals.Of(rejection) : null,
    });

    /// <summary>The answer with the event's own source and id.</summary>
    public EventAnswer Answered(EventAnswer answer) =>
        Event is null ? answer : answer with { Source = Event.Event.Source, Id = Event.Event.Id };
}
