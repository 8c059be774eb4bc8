using System.Globalization;
using MallVip.Rules.Checking;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Rules.Cases;

/// <summary>Holds what came out against what a case expects.</summary>
internal sealed class CaseComparison(string name, string ruleSet, Findings findings)
{
    private const string Nothing = "-";

    public void Compare(Expectation expected, CaseOutcome outcome)
    {
        var code = outcome.Rejection is { } rejection ? RejectionCatalog.Of(rejection.Kind).Code : null;
        if (expected.Rejected is { } refusal)
        {
            if (!string.Equals(code, refusal.Value, StringComparison.Ordinal))
                findings.Error(refusal.Place, "CASE_REJECTION_DIFFERS", name, refusal.Value, code ?? Nothing);
            return;
        }

        if (code is not null)
        {
            findings.Error(expected.Place, "CASE_REJECTED", name, code, outcome.Rejection!.Detail);
            return;
        }

        foreach (var fault in outcome.Facts.OfType<Fact.Warned>().Where(fact => fact.Why is not null))
            findings.Error(expected.Place, "CASE_RULE_FAILED", name, fault.Why!.Rule, fault.Detail);
        CompareWallets(expected, outcome);
        CompareLines(expected, outcome);
        CompareTier(expected, outcome);
        CompareTags(expected.Tags, outcome.Facts.OfType<Fact.TagAdded>().Select(fact => fact.Tag));
        CompareTags(expected.Untagged, outcome.Facts.OfType<Fact.TagRemoved>().Select(fact => fact.Tag));
        CompareList("CASE_EFFECTS_DIFFER", expected.Effects, outcome.Facts.OfType<Fact.Effect>()
            .Select(fact => $"{Words<EffectKind>.WordOf(fact.Kind)} {fact.Target}"));
        CompareList("CASE_ACHIEVEMENTS_DIFFER", expected.Achievements,
            outcome.Facts.OfType<Fact.AchievementReached>().Select(fact => fact.Achievement));
        CompareList("CASE_COUPONS_DIFFER", expected.Coupons,
            OutcomeCoupon.Of(outcome.Facts).Select(coupon => $"{coupon.What} {coupon.Template}"));
        CompareAttributes(expected, outcome.After);
    }

    private void CompareWallets(Expectation expected, CaseOutcome outcome)
    {
        foreach (var wallet in expected.Wallets)
        {
            var change = SumOf(outcome.After, wallet.Name) - SumOf(outcome.Before, wallet.Name);
            if (change != wallet.Value)
                findings.Error(wallet.Place, "CASE_WALLET_DIFFERS", name, wallet.Name, Text(wallet.Value),
                    Text(change));
        }
    }

    private void CompareLines(Expectation expected, CaseOutcome outcome)
    {
        if (expected.Lines is null)
            return;
        var found = LinesOf(outcome);
        foreach (var line in expected.Lines)
        {
            var rule = line.Name.Contains('/', StringComparison.Ordinal)
                ? line.Name
                : $"{ruleSet}/{line.Name}";
            if (!found.Remove(rule, out var points))
                findings.Error(line.Place, "CASE_LINE_DIFFERS", name, line.Name, Text(line.Value), Nothing);
            else if (points != line.Value)
                findings.Error(line.Place, "CASE_LINE_DIFFERS", name, line.Name, Text(line.Value),
                    Text(points));
        }

        foreach (var (rule, points) in found)
            findings.Error(expected.Place, "CASE_LINE_UNEXPECTED", name, rule, Text(points));
    }

    private void CompareTier(Expectation expected, CaseOutcome outcome)
    {
        var tier = outcome.After.Tier?.Tier ?? "";
        if (expected.Tier is not { } wanted || string.Equals(wanted.Value, tier, StringComparison.Ordinal))
            return;
        var shown = tier.Length == 0 ? Nothing : tier;
        findings.Error(wanted.Place, "CASE_TIER_DIFFERS", name, wanted.Value, shown);
    }

    private void CompareAttributes(Expectation expected, MemberState after)
    {
        foreach (var attribute in expected.Attributes ?? [])
        {
            var value = after.Attributes.GetValueOrDefault(attribute.Name);
            var text = value is null ? "" : FieldText.Of(value);
            if (!string.Equals(text, attribute.Value, StringComparison.Ordinal))
                findings.Error(attribute.Place, "CASE_ATTRIBUTE_DIFFERS", name, attribute.Name,
                    attribute.Value, text);
        }
    }

    private void CompareTags(Expected<string[]>? expected, IEnumerable<string> tags) =>
        CompareList("CASE_TAGS_DIFFER", expected, tags);

    private void CompareList(string code, Expected<string[]>? expected, IEnumerable<string> items)
    {
        var found = items.Order(StringComparer.Ordinal).ToArray();
        if (expected is not null && !expected.Value.SequenceEqual(found, StringComparer.Ordinal))
            findings.Error(
                expected.Place,
                code,
                name,
                string.Join(", ", expected.Value),
                string.Join(", ", found));
    }

    private static SortedDictionary<string, long> LinesOf(CaseOutcome outcome)
    {
        var lines = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var fact in outcome.Facts)
        {
            var (why, points) = fact switch
            {
                Fact.Earned earned => (earned.Why, earned.Amount.Value),
                Fact.Reversed reversed => (reversed.Why, -reversed.Amount.Value),
                _ => (null, 0L),
            };
            if (why is not null)
                lines[why.Rule] = lines.GetValueOrDefault(why.Rule) + points;
        }

        return lines;
    }

    private static long SumOf(MemberState state, string wallet)
    {
        foreach (var sums in state.Wallets)
            if (string.Equals(sums.Wallet, wallet, StringComparison.Ordinal))
                return sums.Balance.Value + sums.Pending.Value;
        return 0;
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
