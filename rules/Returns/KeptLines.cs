using MallVip.Rules.Deciding;
using MallVip.Rules.Ledger;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Returns;

/// <summary>
/// How much of each line a return leaves, by the <c>on-return</c> of its rule. The rules of the purchase are
/// found by matching it again under its own version on the member as of before it: the same arguments, the
/// same rules.
/// </summary>
internal sealed class KeptLines
{
    private readonly PurchaseHistory _history;
    private readonly RemainingBasket _basket;
    private readonly List<RuleMatch> _then;
    private readonly Lazy<List<RuleMatch>> _remaining;

    public KeptLines(PurchaseHistory history, RemainingBasket basket)
    {
        (_history, _basket) = (history, basket);
        _then = Match(history.Purchase);
        _remaining = new(() => Match(basket.ToPurchase()));
    }

    /// <summary>
    /// What is kept of each line, in their order: never more than what earlier returns left.
    /// </summary>
    public List<Points> Of(List<EarnedLine> lines)
    {
        var kept = new List<Points>(lines.Count);
        for (var i = 0; i < lines.Count; i++)
            kept.Add(Points.Max(Points.Zero, Points.Min(lines[i].Left, Of(lines, kept, i))));
        return kept;
    }

    private Points Of(List<EarnedLine> lines, List<Points> kept, int at)
    {
        var line = lines[at];
        if (Find(_then, line) is not { } match)
            return OfOther(line);
        return match.Rule.Action switch
        {
            RuleAction.Earn earn => OfEarn(line, match.Rule.OnReturn, earn.Round),
            RuleAction.Multiply multiply => OfMultiplier(lines, kept, at, match.Amount, multiply),
            _ =>
                throw new InvalidOperationException(
                    $"Rule {match.Rule.Ref.Rule} made a line but does not earn."),
        };
    }

    private Points OfEarn(EarnedLine line, OnReturn policy, Rounding round) => policy switch
    {
        OnReturn.Keep => line.Fact.Amount,
        OnReturn.ProRata => ProRata(line, round),
        OnReturn.ReEvaluate when _basket.IsEmpty => Points.Zero,
        OnReturn.ReEvaluate =>
            Find(_remaining.Value, line) is { } match ? round.ToPoints(match.Amount) : Points.Zero,
        _ => throw new InvalidOperationException($"Unknown on-return {policy}."),
    };

    /// <summary>
    /// A line of a rule that acted on what followed from the purchase, or of one that is gone.
    /// </summary>
    private Points OfOther(EarnedLine line)
    {
        var rule = _history.Programme.FindRule(line.Fact.Why?.Rule);
        if (rule is { OnReturn: OnReturn.Keep, Action: RuleAction.Earn })
            return line.Fact.Amount;
        return ProRata(line, (rule?.Action as RuleAction.Earn)?.Round ?? Rounding.Floor);
    }

    private Points ProRata(EarnedLine line, Rounding round)
    {
        var paid = _history.Purchase.Paid.Amount;
        if (_basket.IsEmpty)
            return Points.Zero;
        return paid == 0 ? line.Fact.Amount
            : round.ToPoints(line.Fact.Amount.Value * _basket.Paid.Amount / paid);
    }

    private Points OfMultiplier(
        List<EarnedLine> lines, List<Points> kept, int at, decimal by, RuleAction.Multiply multiply)
    {
        var (earned, soFar) = (Points.Zero, Points.Zero);
        for (var i = 0; i < at; i++)
        {
            if (lines[i].Fact.Wallet != multiply.Wallet)
                continue;
            soFar += kept[i];
            if (Find(_then, lines[i]) is { Rule.Action: RuleAction.Earn })
                earned += kept[i];
        }

        var stack = _history.Programme.FindWallet(multiply.Wallet)?.Stack ?? Stacking.Sum;
        return multiply.Round.ToPoints((by - 1) * Multipliers.Base(stack, earned, soFar).Value);
    }

    private List<RuleMatch> Match(Events.PurchaseData purchase)
    {
        var matches = new List<RuleMatch>();
        var scope = EventScope.Of(_history.Programme, _history.Event with { Data = purchase });
        _history.Programme.Matcher.Match(scope.For(_history.Before), matches);
        return matches;
    }

    private static RuleMatch? Find(List<RuleMatch> matches, EarnedLine line)
    {
        foreach (var match in matches)
            if (match.Fault is null && match.Rule.Ref.Rule == line.Fact.Why?.Rule)
                return match;
        return null;
    }
}
