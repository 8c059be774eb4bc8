using System.Collections.Immutable;
using MallVip.Client.Texts;
using MallVip.Client.Wire;
using MallVip.Grains.Explaining;
using MallVip.Rules.Checking;
using MallVip.Rules.Explaining;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Explaining;

/// <summary>Quotes as the wire shows them.</summary>
internal static class QuoteBodies
{
    /// <param name="quote">One that would be accepted.</param>
    public static QuoteAnswerBody Of(MemberId? member, Quote quote)
    {
        var why = quote.Explanation!;
        var happened = why.Main;
        var earned = why.Lines.Where(line => line.Fact is Fact.Earned).ToList();
        return new()
        {
            Member = member,
            Now = why.Entry.At,
            RulesVersion = why.Entry.Version,
            Text = new(WhyTexts.Quote(why, Language.Chinese), WhyTexts.Quote(why, Language.English)),
            Points = [.. earned.Select(line => Of(why, line))],
            Totals = earned.GroupBy(line => ((Fact.Earned)line.Fact).Wallet).ToImmutableSortedDictionary(
                wallet => wallet.Key, wallet => wallet.Sum(line => ((Fact.Earned)line.Fact).Amount.Value),
                StringComparer.Ordinal),
            Balances = quote.After!.Wallets.ToImmutableSortedDictionary(
                wallet => wallet.Wallet, wallet => wallet.Balance.Value, StringComparer.Ordinal),
            Tier = new(quote.Before!.Tier?.Tier, quote.After.Tier?.Tier),
            Ladder = why.Ladder.IsEmpty ? null : ExpressionBodies.Of(why.Ladder),
            TagsAdded = [.. why.Entry.Facts.OfType<Fact.TagAdded>().Select(tag => tag.Tag)],
            NotActing = happened is null ? [] :
            [
                .. happened.Rules.Where(rule => rule.Outcome != RuleOutcome.Acted)
                    .Select(rule => ExpressionBodies.Of(rule, happened)),
            ],
            Warnings = WarningsOf(why),
        };
    }

    private static QuoteLineBody Of(EntryExplanation why, LineExplanation line)
    {
        var fact = (Fact.Earned)line.Fact;
        return new(fact.Wallet, fact.Amount.Value, line is { Rule: { } rule, Event: { } at }
            ? ExpressionBodies.Of(rule, why.Events[at])
            : null);
    }

    private static ImmutableArray<WarningBody>? WarningsOf(EntryExplanation why)
    {
        ImmutableArray<WarningBody> warnings =
        [
            .. why.Entry.Facts.OfType<Fact.Warned>().Select(warned =>
                new WarningBody(
                    warned.Code, WarningTexts.Of(warned.Code), warned.Detail, warned.Why?.Rule)),
        ];
        return warnings.IsEmpty ? null : warnings;
    }
}
