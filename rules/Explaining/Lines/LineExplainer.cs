using System.Collections.Immutable;
using MallVip.Rules.Deciding;
using MallVip.Rules.Facts;
using MallVip.Rules.Ledger;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes.Vocabulary;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Explaining;

/// <summary>Explains the lines of an entry, one by one.</summary>
/// <param name="events">What the rules did, one for each observed run.</param>
/// <param name="history">Of a refund: its purchase.</param>
internal sealed class LineExplainer(
    MemberPast past, ImmutableArray<EventExplanation> events, ObservedDecision observed,
    PurchaseHistory? history)
{
    private readonly ImmutableArray<Fact> _facts = past.Entry.Facts;

    public ImmutableArray<LineExplanation> Explain()
    {
        var lines = ImmutableArray.CreateBuilder<LineExplanation>();
        var state = past.State;
        for (var i = 0; i < _facts.Length; i++)
        {
            if (EntryLines.IsLine(_facts[i]))
                lines.Add(Explain(state, i, lines.Count + 1));
            state = MemberFold.Apply(state, _facts[i], past.Entry.Seq);
        }

        return lines.ToImmutable();
    }

    private LineExplanation Explain(MemberState state, int at, int number)
    {
        var line = new LineExplanation { Number = number, Fact = _facts[at] };
        return _facts[at] switch
        {
            Fact.TagRemoved { Cause: "ended", Why: { } why } => line with
            {
                Event = EventAt(at),
                End = EndOf(state, at, why),
            },
            var fact when FactRule.Of(fact) is { } why => ByRule(line, at, why),
            Fact.TierChanged => line with
            {
                Event = EventAt(at),
                Tiers = TierExplainer.Explain(observed.Tiers, at),
            },
            Fact.Expired expired => line with { Shares = SharesOf(expired.Lot, expired.Amount, at) },
            Fact.Activated activated => line with { Shares = SharesOf(activated.Lot, activated.Amount, at) },
            Fact.SpentPoints spent => line with { Parts = PartsOf(state, spent.Parts) },
            Fact.Transferred moved => line with { Parts = PartsOf(state, moved.Parts) },
            Fact.Adjusted adjusted => line with { Parts = PartsOf(state, adjusted.Parts) },
            Fact.Reversed reversed => line with
            {
                Parts = PartsOf(state, reversed.Parts),
                Reversal = ReversalOf(at, reversed),
            },
            _ => line,
        };
    }

    private LineExplanation ByRule(LineExplanation line, int at, RuleRef why)
    {
        var happened = EventAt(at);
        var rule = happened is null ? null
            : events[happened.Value].Rules.FirstOrDefault(one => one.Rule.Ref.Rule == why.Rule);
        return line with { Event = happened, Rule = rule };
    }

    private ExpressionTrace? EndOf(MemberState state, int at, RuleRef why) =>
        EventAt(at) is { } run && past.Programme.FindRule(why.Rule)?.Until is MemberCondition end
            ? ExpressionTracer.Trace(end.Expression, observed.Runs[run].Scope.For(state))
            : null;

    /// <summary>The last run of rules that began at or before a fact.</summary>
    private int? EventAt(int at)
    {
        var run = observed.Runs.FindLastIndex(candidate => candidate.FirstFact <= at);
        return run < 0 ? null : run;
    }

    /// <summary>Whose points a lot's next ones are, the oldest first.</summary>
    private ImmutableArray<LotShare> SharesOf(int lot, Points amount, int at)
    {
        var layers = new LotLayers([lot]);
        foreach (var entry in past.Before)
            layers.Follow(entry.Facts);
        layers.Follow(_facts.Take(at));
        var shares = ImmutableArray.CreateBuilder<LotShare>();
        foreach (var layer in layers.Of(lot))
        {
            var part = Points.Min(amount, layer.Left);
            amount -= part;
            if (part > Points.Zero)
                shares.Add(ShareOf(layer, part));
        }

        return shares.ToImmutable();
    }

    private LotShare ShareOf(LotLayer layer, Points part)
    {
        var entry = layer.Part <= past.Before.Length ? past.Before[layer.Part - 1] : past.Entry;
        return new(entry.Seq, entry.At, layer.Rule, layer.Amount, part);
    }

    private static ImmutableArray<DrawnPart> PartsOf(MemberState state, ImmutableArray<LotPart> parts) =>
    [
        .. parts.Select(part => new DrawnPart(
            part.Lot, part.Amount, state.Lots.FirstOrDefault(lot => lot.Number == part.Lot).ExpiresAt)),
    ];

    private ReversalExplanation? ReversalOf(int at, Fact.Reversed reversed)
    {
        var of = at - 1;
        while (of >= 0 && _facts[of] is not Fact.Returned)
            of--;
        if (of < 0)
            return null;
        var returned = (Fact.Returned)_facts[of];
        var purchase = history?.Is(returned.Store, returned.Receipt) == true
            ? history
            : past.HistoryWithin(returned, of);
        return purchase is null ? null : new ReversalExplainer(purchase, returned).Explain(reversed);
    }
}
