using System.Collections.Immutable;
using MallVip.Rules.Ledger;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Explaining;

/// <summary>How a group decided among its earn rules that matched for one wallet.</summary>
/// <param name="Offers">At least two, in the order in which they act.</param>
public sealed record GroupExplanation(RuleGroup Group, ImmutableArray<GroupOffer> Offers)
{
    /// <summary>The one that counts.</summary>
    public GroupOffer Picked => Offers.First(offer => offer.IsPicked);

    /// <summary>Those that do not.</summary>
    public IEnumerable<GroupOffer> PassedOver => Offers.Where(offer => !offer.IsPicked);

    /// <summary>Null: the rule had to stand up to no other.</summary>
    internal static GroupExplanation? Of(Rule rule, IEnumerable<RuleMatch> matched)
    {
        if (rule is not { Group: { Pick: not Pick.All } group, Action: RuleAction.Earn earn })
            return null;
        var matches = matched.ToList();
        var picking = Picking.Of(earn.Wallet, matches);
        var offers = ImmutableArray.CreateBuilder<GroupOffer>();
        for (var i = 0; i < matches.Count; i++)
            if (matches[i].Rule.Group?.Id == group.Id && Picking.Earns(matches[i], earn.Wallet))
                offers.Add(new(matches[i].Rule, matches[i].Amount, picking.Counts(matches, i)));
        return offers.Count > 1 && offers.Any(offer => offer.Rule.Ref.Rule == rule.Ref.Rule)
            ? new(group, offers.ToImmutable())
            : null;
    }
}

/// <summary>What one rule of a group had to give.</summary>
/// <param name="Amount">Before rounding, limits and caps, which is what groups compare.</param>
public sealed record GroupOffer(Rule Rule, decimal Amount, bool IsPicked);
