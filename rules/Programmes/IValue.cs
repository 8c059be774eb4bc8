using MallVip.Rules.Events;

namespace MallVip.Rules.Programmes;

/// <summary>A compiled expression that gives a value to keep.</summary>
public interface IValue
{
    /// <summary>Null when it fails, which sets <paramref name="fault"/>.</summary>
    FieldValue? Evaluate(EvalContext context, out RuleFault? fault);
}

/// <summary>One of the values of a rule's action.</summary>
public sealed record NamedValue(string Name, IValue Value);
