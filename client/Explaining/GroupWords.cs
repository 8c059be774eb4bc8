using MallVip.Rules.Explaining;
using MallVip.Rules.Programmes;

namespace MallVip.Client.Explaining;

/// <summary>In words: which rule of a group counts, and which gave way to it.</summary>
internal sealed class GroupWords(Phrases phrases)
{
    /// <summary>Behind the rule that was picked.</summary>
    public string Won(GroupExplanation group) => phrases.Fill(
        "group.won." + Formula.WordOf(group.Group.Pick),
        ("group", RuleWords.NameOf(group.Group.Id)),
        ("others", phrases.Join("list.comma", group.PassedOver.Select(OfferOf))));

    /// <summary>Why a rule was not picked.</summary>
    public string Lost(GroupExplanation group, Rule rule) => phrases.Fill(
        "group.lost." + Formula.WordOf(group.Group.Pick),
        ("group", RuleWords.NameOf(group.Group.Id)),
        ("picked", OfferOf(group.Picked)),
        ("amount", Formula.AmountOf(group.Offers.First(offer => offer.Rule.Ref.Rule == rule.Ref.Rule))));

    private static string OfferOf(GroupOffer offer) =>
        $"{RuleWords.NameOf(offer.Rule.Ref.Rule)} {Formula.AmountOf(offer)}";
}
