using MallVip.Rules.Budgets;
using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Facts;

/// <summary>Facts about what members share.</summary>
public abstract partial record Fact
{
    /// <summary>
    /// A rule asked its budget: ask, answer and use. It changes nothing of the member; the audit adds it up.
    /// </summary>
    /// <param name="Rule">The rule's full id.</param>
    /// <param name="Window">The window's first day.</param>
    /// <param name="Asked">What the rule would have given; negative: a return gives back.</param>
    /// <param name="Granted">What the budget answered.</param>
    /// <param name="Amount">What was used of that; a wallet's cap may have cut it.</param>
    /// <param name="Lease">The lease that it is drawn from; 0: nothing was drawn.</param>
    public sealed record BudgetUsed(
        [property: Name("k")] string Rule,
        [property: Name("d")] DateOnly Window,
        [property: Name("q")] Points Asked,
        [property: Name("g")] Points Granted,
        [property: Name("a")] Points Amount,
        [property: Name("le")] long Lease) : Fact
    {
        [System.Text.Json.Serialization.JsonIgnore]
        public BudgetKey Budget => new(Rule, Window);
    }
}
