using System.Collections.Immutable;
using System.Globalization;
using MallVip.Client.Wire;
using MallVip.Rules.Checking;
using MallVip.Rules.Events;
using MallVip.Rules.Explaining;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Explaining;

/// <summary>Explanations as the wire shows them.</summary>
public static class WhyBodies
{
    /// <param name="line">Only this line of the entry; null: all of them.</param>
    public static WhyBody Of(MemberId member, EntryExplanation why, int? line) => new()
    {
        Member = member,
        Seq = why.Entry.Seq,
        At = TimeZoneInfo.ConvertTime(why.Entry.At, why.Programme.Zone),
        Actor = why.Entry.Actor,
        RulesVersion = why.Entry.Version,
        Same = why.IsSame,
        Text = new(
            WhyTexts.Summary(why, Language.Chinese, line), WhyTexts.Summary(why, Language.English, line)),
        Lines =
        [
            .. why.Lines.Where(one => line is null || one.Number == line).Select(one => Of(why, one)),
        ],
        Events = [.. why.Events.Select(Of)],
    };

    private static WhyLineBody Of(EntryExplanation why, LineExplanation line)
    {
        var (kind, points, reason) = Told(line.Fact);
        return new()
        {
            Line = line.Number,
            Kind = kind,
            Wallet = FactWallet.Of(line.Fact),
            Points = points?.Value,
            Reason = string.IsNullOrEmpty(reason) ? null : reason,
            Event = line.Event,
            Rule = line is { Rule: { } rule, Event: { } at }
                ? ExpressionBodies.Of(rule, why.Events[at])
                : null,
            Tier = line.Fact is Fact.TierChanged changed
                ? new(changed.From, changed.To, changed.Cause, ExpressionBodies.Of(line.Tiers))
                : null,
            Tag = (line.Fact as Fact.TagAdded)?.Tag ?? (line.Fact as Fact.TagRemoved)?.Tag,
            Attribute = line.Fact is Fact.AttributeSet set ? Of(set) : null,
            Effect = line.Fact is Fact.Effect effect ? Of(effect) : null,
            End = line.End is { } end ? ExpressionBodies.Of(end) : null,
            Shares = line.Shares.IsEmpty ? null : [.. line.Shares.Select(Of)],
            Parts = line.Parts.IsEmpty ? null : [.. line.Parts.Select(Of)],
            Reversal = line is { Reversal: { } back, Fact: Fact.Reversed fact } ? Of(back, fact) : null,
        };
    }

    private static (string Kind, Points? Points, string? Reason) Told(Fact fact) => fact switch
    {
        Fact.Earned earned => ("earned", earned.Amount, null),
        Fact.Activated activated => ("activated", activated.Amount, null),
        Fact.Expired expired => ("expired", expired.Amount, expired.Reason),
        Fact.Extended extended => ("extended", extended.Amount, extended.Reason),
        Fact.SpentPoints spent => ("spent", spent.Amount, spent.Reason),
        Fact.Adjusted adjusted => ("adjusted", adjusted.Amount, adjusted.Reason),
        Fact.Transferred moved => ("transferred", moved.Amount, moved.Reason),
        Fact.WalletJoined joined => ("merged", joined.Sums.Balance, null),
        Fact.WalletLeft left => ("merged", -left.Balance, null),
        Fact.Reversed reversed => ("reversed", reversed.Amount, null),
        Fact.TierChanged => ("tier", null, null),
        Fact.TagAdded => ("tagged", null, null),
        Fact.TagRemoved => ("untagged", null, null),
        Fact.AttributeSet => ("attribute", null, null),
        Fact.Effect => ("effect", null, null),
        Fact.Flagged flagged => ("flagged", null, flagged.Reason),
        Fact.ReviewEnded ended => (ReviewEndBody.WordOf(ended.How), null, ended.Reason),
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is no line."),
    };

    private static AttributeWhyBody Of(Fact.AttributeSet set) => new(
        set.Name, set.Value is null or FieldValue.Handle ? null : FieldText.Of(set.Value));

    private static EffectBody Of(Fact.Effect effect) => new(
        Formula.WordOf(effect.Kind), effect.Target, effect.Why?.Rule,
        effect.Data?.Where(value => value.Value is not FieldValue.Handle).ToImmutableSortedDictionary(
            value => value.Key, value => FieldText.Of(value.Value), StringComparer.Ordinal));

    private static WhyEventBody Of(EventExplanation happened) => new(
        happened.Event.Source, happened.Event.Id, happened.Event.Type, happened.Event.Time,
        happened.Store?.Id, happened.Mall?.Id,
        [
            .. happened.Rules.Where(rule => rule.Outcome != RuleOutcome.Acted)
                .Select(rule => ExpressionBodies.Of(rule, happened)),
        ]);

    private static LotShareBody Of(LotShare share) =>
        new(share.Seq, share.At, share.Rule, share.Amount.Value, share.Left.Value);

    private static LotPartBody Of(DrawnPart part) => new(part.Lot, part.Amount.Value, part.ExpiresAt);

    private static ReversalWhyBody Of(ReversalExplanation back, Fact.Reversed fact) => new()
    {
        Purchase = back.Purchase,
        Store = back.Store,
        Receipt = back.Receipt,
        RulesVersion = back.Version,
        Rule = back.Rule is { } rule ? ExpressionBodies.Of(rule.Ref) : null,
        OnReturn = back is { Rule: { } made, By: null } ? Formula.WordOf(made.OnReturn) : null,
        Earned = back.Earned.Value,
        Before = back.Before.Value,
        Kept = back.Kept.Value,
        Formula = Formula.Of(back),
        Lapsed = fact.Lapsed.Value,
        Short = fact.Shortfall.Value,
        BelowZero = fact.FromBalance.Value,
        PaidLeft = back.PaidLeft.Amount.ToString(CultureInfo.InvariantCulture),
        Paid = back.Paid.Amount.ToString(CultureInfo.InvariantCulture),
        Conditions = back.Conditions.IsEmpty ? null : [.. back.Conditions.Select(ExpressionBodies.Of)],
    };
}
