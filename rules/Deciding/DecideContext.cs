using System.Collections.Immutable;
using MallVip.Rules.Budgets;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Deciding;

/// <summary>All that a decision may read besides the state and the command.</summary>
public sealed record DecideContext
{
    public required Programme Programme { get; init; }

    /// <summary>
    /// The clock of the decision: arrival when live, the run's clock in an import or replay.
    /// </summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>
    /// In a run events may be of any age. Live: at most 5 minutes ahead and 30 days behind.
    /// </summary>
    public bool Run { get; init; }

    /// <summary>When a live event was received, if it waited since: its age is judged by that. Null: it is
    /// decided as it comes.</summary>
    public DateTimeOffset? Arrived { get; init; }

    /// <summary>The <c>seq</c> that this entry would get.</summary>
    public required long Entry { get; init; }

    /// <summary>Who asks, as the entry will say; see <see cref="Operators"/>. Null: nobody says.</summary>
    public string? Actor { get; init; }

    /// <summary>
    /// What an earlier <see cref="Decision.Needs"/> asked for. With a purchase command it is a purchase of
    /// the same store and receipt that is recorded already, if there is one.
    /// </summary>
    public PurchaseHistory? Purchase { get; init; }

    /// <summary>What an earlier <see cref="Decision.Needs"/> asked for and is not in the journal.</summary>
    public Need? Missing { get; init; }

    /// <summary>What budgets answered to the asks of an earlier <see cref="Decision.Needs"/>.</summary>
    public ImmutableArray<BudgetAnswer> Budgets { get; init; } = [];

    /// <summary>Nothing of the member's falls due before this instant: the decision before, by the same
    /// programme, has said so. Null: not known.</summary>
    public DateTimeOffset? QuietUntil { get; init; }

    /// <summary>Null: nobody listens.</summary>
    internal IDecisionObserver? Observer { get; init; }
}
