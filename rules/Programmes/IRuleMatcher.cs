
namespace MallVip.Rules.Programmes;

/// <summary>
/// Finds the rules that act on an event. MallVip's network is one matcher; another may stand in its place,
/// and must give the same matches.
/// </summary>
public interface IRuleMatcher
{
    /// <summary>
    /// Appends to <paramref name="matches"/> every rule whose type, active window and condition hold, ordered
    /// by priority (highest first), then file order. A rule that fails at run time is appended with its
    /// fault.
    /// </summary>
    void Match(EvalContext context, List<RuleMatch> matches);
}

/// <summary>A rule that acts, and its amount before rounding.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Amount">Earn: points before rounding. Multiply: the factor. Else 0.</param>
/// <param name="Fault">Why it could not be evaluated; then nothing else of it counts.</param>
public readonly record struct RuleMatch(Rule Rule, decimal Amount, RuleFault? Fault);

/// <summary>A rule that failed on one event; the member's other rules go on.</summary>
public sealed record RuleFault(string Code, string Message);

/// <summary>A compiled condition over an event and a member.</summary>
public interface ICondition
{
    /// <summary>False when it does not hold or fails; a failure sets <paramref name="fault"/>.</summary>
    bool Holds(EvalContext context, out RuleFault? fault);
}
