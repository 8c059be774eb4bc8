using MallVip.Rules.Cel;
using MallVip.Rules.Events;
using MallVip.Rules.Members;

namespace MallVip.Rules.Programmes;

/// <summary>
/// What conditions and amounts can read: the event, and the member as of before it (tier conditions:
/// including it). One instance serves one evaluation.
/// </summary>
public sealed class EvalContext
{
    private const int MostExhausted = 8;
    private const long FewSteps = 500;

    private int _exhausted;

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

    /// <summary>
    /// How many steps an expression may take now. Once several have run out of theirs, the rest get few: a
    /// file full of endless rules must not hold up a till.
    /// </summary>
    internal long Steps => _exhausted < MostExhausted ? long.MaxValue : FewSteps;

    /// <summary>Notes what an expression failed with, if it did.</summary>
    internal void Note(CelError? error)
    {
        if (error is { Code: CelCodes.Budget })
            _exhausted++;
    }
}
