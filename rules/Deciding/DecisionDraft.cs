using System.Collections.Immutable;
using MallVip.Rules.Budgets;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Deciding;

/// <summary>
/// A decision in the making: the facts so far and the state with them applied. Every arm reads the state from
/// here and adds facts to it; a refusal throws the whole draft away.
/// </summary>
internal sealed class DecisionDraft(MemberState state, DecideContext context)
{
    // A draft within a draft (a return that is decided again) finds none and brings its own.
    [ThreadStatic]
    private static List<RuleMatch>? SpareMatches;

    private readonly ImmutableArray<Fact>.Builder _facts = ImmutableArray.CreateBuilder<Fact>(8);
    private BudgetDialogue? _budgets;
    private List<RuleMatch>? _matches;

    /// <summary>Room for the rules that act on the event at hand; one step uses it after the other.</summary>
    public List<RuleMatch> Matches => _matches ??= TakeSpare();

    public MemberState State { get; private set; } = state;

    public DecideContext Context { get; } = context;

    public Programme Programme => Context.Programme;

    public DateTimeOffset Now => Context.Now;

    /// <summary>What rules ask of their budgets.</summary>
    public BudgetDialogue Budgets => _budgets ??= new(Context.Budgets);

    /// <summary>What is to be asked before the decision counts; null: nothing.</summary>
    public Need? Open => _budgets is { IsOpen: true } asked ? new Need.OfBudgets(asked.Asks) : null;

    /// <summary>What has been added so far, due work included.</summary>
    public IReadOnlyList<Fact> Facts => _facts;

    public void Add(Fact fact)
    {
        State = MemberFold.Apply(State, fact, Context.Entry);
        _facts.Add(fact);
    }

    public void Warn(string code, string detail, RuleRef? why = null) =>
        Add(new Fact.Warned(code, detail, why));

    /// <param name="nextDue">When the state has work again.</param>
    public Decision ToDecision(DateTimeOffset? nextDue)
    {
        _matches?.Clear();
        (SpareMatches, _matches) = (_matches ?? SpareMatches, null);
        return _facts.Count == 0
            ? Decision.Unchanged.Instance
            : new Decision.Accepted(_facts.DrainToImmutable(), State, nextDue);
    }

    private static List<RuleMatch> TakeSpare()
    {
        var spare = SpareMatches ?? new(16);
        SpareMatches = null;
        return spare;
    }
}
