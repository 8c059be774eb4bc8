using System.Collections.Immutable;
using MallVip.Rules.Cel;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Meaning;
using MallVip.Rules.Programmes.Vocabulary;

namespace MallVip.Rules.Tiers;

/// <summary>What is missing until the condition of a tier holds.</summary>
/// <param name="What">As the condition writes it: <c>member.spent("365d")</c>.</param>
/// <param name="Least">What it must be, or be above.</param>
/// <param name="Present">What it is.</param>
/// <param name="Above">It must be more than <paramref name="Least"/>.</param>
public sealed record TierGap(string What, decimal Least, decimal Present, bool Above)
{
    /// <summary>0: it holds. Where it must be above, one cannot say how little is enough: what is left to
    /// the bound.</summary>
    public decimal Missing => Math.Max(Least - Present, 0);

    /// <summary>Whether this part of the condition holds.</summary>
    public bool Holds => Above ? Present > Least : Present >= Least;

    /// <summary>
    /// The parts of a condition that is <c>a &gt;= N</c> or several such joined by <c>&amp;&amp;</c>, where
    /// <c>a</c> counts something of the member's. Null: it has another form, and what is missing cannot be
    /// told; or it could not be evaluated.
    /// </summary>
    internal static ImmutableArray<TierGap>? Of(ICondition? condition, EvalContext context)
    {
        if (condition is null)
            return [];
        if (condition is not MemberCondition { Expression: var expression })
            return null;
        var gaps = ImmutableArray.CreateBuilder<TierGap>();
        foreach (var part in expression.Conjuncts)
        {
            if (Of(expression, part.Node, context) is not { } gap)
                return null;
            gaps.Add(gap);
        }

        return gaps.ToImmutable();
    }

    private static TierGap? Of(CelExpression<EvalContext> whole, CelNode node, EvalContext context)
    {
        if (NumberRange.Of(node) is not { Least: { } least, Most: null } range)
            return null;
        var counted = ((CelCall)node).Arguments.OfType<CelCall>()
            .FirstOrDefault(call => CelCanonicalText.Of(call) == range.What && IsCounted(call));
        return counted is not null && ValueOf(whole.Part(counted), context) is { } present
            ? new(range.What, least, present, range.Open)
            : null;
    }

    /// <summary>Buying and coming make it more.</summary>
    private static bool IsCounted(CelCall call) =>
        call.Function is "spent" or "purchases" or "visits" or "earned" or "balance";

    private static decimal? ValueOf(CelExpression<EvalContext> counted, EvalContext context)
    {
        var value = counted.Evaluate(context, context.Steps);
        return value.Kind switch
        {
            CelKind.Int => value.AsInt,
            CelKind.Decimal => value.AsDecimal,
            _ => null,
        };
    }
}

/// <summary>What a tier asks and how far the member is.</summary>
/// <param name="Gaps">Null: the condition has a form of which it cannot be told; empty: nothing is asked.
/// </param>
/// <param name="Holds">Whether it holds as things are.</param>
/// <param name="By">By when; null: no end.</param>
public sealed record TierAim(Tier Tier, ImmutableArray<TierGap>? Gaps, bool Holds, DateTimeOffset? By);
