using MallVip.Rules.Events;
using MallVip.Rules.Members;

namespace MallVip.Rules.Programmes;

/// <summary>
/// What conditions and amounts can read: the event, and the member as of before it (tier conditions:
/// including it). One instance serves one evaluation.
/// </summary>
public sealed class EvalContext
{
    public required Programme Programme { get; init; }

    public required MemberState Member { get; init; }

    public required MallEvent Event { get; init; }

    /// <summary>What an event made by rules or by time says.</summary>
    public Trigger Trigger { get; init; } = Trigger.None;

    /// <summary>The event's declared store; null where the event has none.</summary>
    public Store? Store { get; init; }

    /// <summary>The event's mall; null: the programme's zone counts.</summary>
    public Mall? Mall { get; init; }

    /// <summary>The event's time on the wall clock of its mall.</summary>
    public required DateTime Local { get; init; }

    public DateOnly Day => DateOnly.FromDateTime(Local);
}
