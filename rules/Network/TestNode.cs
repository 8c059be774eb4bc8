using MallVip.Rules.Cel;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Network;

/// <summary>Something that holds or not for an event. Rules with the same test share one node.</summary>
/// <param name="slot">Its place in the evaluation's memory, within its event type.</param>
internal abstract class TestNode(int slot, string text)
{
    public int Slot { get; } = slot;

    /// <summary>What it tests, in the operator's words.</summary>
    public string Text { get; } = text;

    /// <summary>Asks once per event.</summary>
    public Outcome Evaluate(Evaluation evaluation)
    {
        if (evaluation.TryGetOutcome(Slot, out var known))
            return known;
        var outcome = Ask(evaluation.Context, out var fault);
        return evaluation.SetOutcome(Slot, outcome, fault);
    }

    /// <summary>Compiles now, so that the first event does not pay for it.</summary>
    public virtual void Prepare()
    {
    }

    /// <param name="context">The event and the member.</param>
    /// <param name="fault">Why it failed; null unless it did.</param>
    public abstract Outcome Ask(EvalContext context, out CelError? fault);
}
