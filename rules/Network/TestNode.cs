namespace MallVip.Rules.Network;

/// <summary>Something that holds or not for an event. Rules with the same test share one node.</summary>
/// <param name="slot">Its place in the evaluation's memory, within its event type.</param>
internal abstract class TestNode(int slot, string text)
{
    public int Slot { get; } = slot;

    /// <summary>What it tests, in the operator's words.</summary>
    public string Text { get; } = text;

    public Outcome Evaluate(Evaluation evaluation) =>
        evaluation.TryGetOutcome(Slot, out var known) ? known : Ask(evaluation);

    /// <summary>Compiles now, so that the first event does not pay for it.</summary>
    public virtual void Prepare()
    {
    }

    protected abstract Outcome Ask(Evaluation evaluation);
}
