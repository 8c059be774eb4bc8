using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.Rules.Returns;

namespace MallVip.Rules.Explaining;

/// <summary>Explains what one return did to the lines of its purchase.</summary>
internal sealed class ReversalExplainer
{
    private readonly PurchaseHistory _history;
    private readonly RemainingBasket _basket;
    private readonly List<EarnedLine> _lines;
    private readonly List<Points> _kept;

    public ReversalExplainer(PurchaseHistory history, Fact.Returned returned)
    {
        _history = history;
        _basket = new(history.Purchase, history.Returns);
        _basket.Take(returned.Paid, returned.Lines);
        _lines = EarnedLine.Of(history);
        _kept = new KeptLines(history, _basket).Of(_lines);
    }

    /// <summary>Null: the purchase has no such line.</summary>
    public ReversalExplanation? Explain(Fact.Reversed reversed)
    {
        var at = _lines.FindIndex(line =>
            line.Fact.Lot == reversed.Lot && line.Fact.Why?.Rule == reversed.Why?.Rule);
        if (at < 0)
            return null;
        var line = _lines[at];
        var rule = _history.Programme.Rules.FirstOrDefault(one => one.Ref.Rule == reversed.Why?.Rule);
        var explanation = new ReversalExplanation
        {
            Purchase = _history.Entry,
            Store = _history.Purchase.Store,
            Receipt = _history.Purchase.Receipt,
            Version = _history.Programme.Version,
            Rule = rule,
            Earned = line.Fact.Amount,
            Before = line.Left,
            Kept = line.Left - (reversed.Amount + reversed.Lapsed + reversed.Shortfall),
            PaidLeft = _basket.Paid,
            Paid = _history.Purchase.Paid,
        };
        return rule switch
        {
            { Action: RuleAction.Multiply multiply } => Multiplied(explanation, at, multiply),
            { OnReturn: OnReturn.ReEvaluate } when !_basket.IsEmpty => Reevaluated(explanation, rule),
            _ => explanation,
        };
    }

    private ReversalExplanation Multiplied(
        ReversalExplanation explanation, int at, RuleAction.Multiply multiply)
    {
        var (earned, soFar) = (Points.Zero, Points.Zero);
        for (var i = 0; i < at; i++)
        {
            if (_lines[i].Fact.Wallet != multiply.Wallet)
                continue;
            soFar += _kept[i];
            if (ActionOf(_lines[i].Fact) is RuleAction.Earn)
                earned += _kept[i];
        }

        var stack = _history.Programme.FindWallet(multiply.Wallet)?.Stack ?? Stacking.Sum;
        var id = explanation.Rule!.Ref.Rule;
        return explanation with
        {
            Base = Multipliers.Base(stack, earned, soFar),
            By = Matches(ScopeOf(_history.Purchase))
                .FirstOrDefault(match => match.Rule.Ref.Rule == id).Amount,
        };
    }

    private ReversalExplanation Reevaluated(ReversalExplanation explanation, Rule rule)
    {
        var context = ScopeOf(_basket.ToPurchase()).For(_history.Before);
        var (conditions, amount) = RuleExplainer.Trace(_history.Programme, rule.Ref.Rule, context, []);
        return explanation with { Conditions = conditions, Amount = amount };
    }

    private RuleAction? ActionOf(Fact.Earned line) =>
        _history.Programme.Rules.FirstOrDefault(rule => rule.Ref.Rule == line.Why?.Rule)?.Action;

    private List<RuleMatch> Matches(EventScope scope)
    {
        var matches = new List<RuleMatch>();
        _history.Programme.Matcher.Match(scope.For(_history.Before), matches);
        return matches;
    }

    private EventScope ScopeOf(Events.PurchaseData purchase) =>
        EventScope.Of(_history.Programme, _history.Event with { Data = purchase });
}
