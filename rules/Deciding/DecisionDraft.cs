using System.Runtime.InteropServices;
using MallVip.Rules.Budgets;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Deciding;

/// <summary>
/// A decision in the making: the facts so far and the state with them applied. Every arm reads the state from
/// here and adds facts to it; a refusal throws the whole draft away.
/// </summary>
internal sealed class DecisionDraft(MemberState state, DecideContext context)
{
    private readonly DraftRoom _room = DraftRoom.Take();
    private MemberState _state = state;
    private int _applied;
    private BudgetDialogue? _budgets;

    /// <summary>Room for the rules that act on the event at hand; one step uses it after the other.</summary>
    public List<RuleMatch> Matches => _room.Matches;

    /// <summary>Room for what an event earns in the wallet at hand; one wallet uses it after the other.
    /// </summary>
    public List<(Rule Rule, Points Amount)> Lines => _room.Lines;

    /// <summary>With all facts applied: those that were added since it was read last are applied together.
    /// </summary>
    public MemberState State
    {
        get
        {
            if (_applied < _room.Facts.Count)
                Apply(_room.Facts.Count);
            return _state;
        }
    }

    public DecideContext Context { get; } = context;

    public Programme Programme => Context.Programme;

    public DateTimeOffset Now => Context.Now;

    /// <summary>What rules ask of their budgets.</summary>
    public BudgetDialogue Budgets => _budgets ??= new(Context.Budgets);

    /// <summary>What is to be asked before the decision counts; null: nothing.</summary>
    public Need? Open => _budgets is { IsOpen: true } asked ? new Need.OfBudgets(asked.Asks) : null;

    /// <summary>What has been added so far, due work included.</summary>
    public IReadOnlyList<Fact> Facts => _room.Facts;

    public void Add(Fact fact) => _room.Facts.Add(fact);

    /// <summary>Puts facts anew, each on the state that those before it have led to.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="before">The state before it.</param>
    public void Rewrite(int first, MemberState before, Func<MemberState, Fact, Fact> change)
    {
        (_state, _applied) = (before, first);
        for (var i = first; i < _room.Facts.Count; i++)
        {
            _room.Facts[i] = change(_state, _room.Facts[i]);
            Apply(i + 1);
        }
    }

    public void Warn(string code, string detail, RuleRef? why = null) =>
        Add(new Fact.Warned(code, detail, why));

    /// <summary>The end of the draft: nothing of it may be used any more.</summary>
    /// <param name="nextDue">When the state has work again.</param>
    public Decision ToDecision(DateTimeOffset? nextDue)
    {
        Decision decision = _room.Facts.Count == 0
            ? Decision.Unchanged.Instance
            : new Decision.Accepted([.. _room.Facts], State, nextDue);
        _room.Return();
        return decision;
    }

    /// <param name="end">The first fact that is not to be applied yet.</param>
    private void Apply(int end)
    {
        var facts = CollectionsMarshal.AsSpan(_room.Facts)[_applied..end];
        (_state, _applied) = (MemberFold.ApplyAll(_state, facts, Context.Entry), end);
    }
}
