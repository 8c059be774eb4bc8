using MallVip.Rules.Catalogue;
using MallVip.Rules.Checking.Shapes;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>What a reward of the catalogue may hold.</summary>
internal static class CatalogueFormat
{
    private static readonly TextShape Text = new();

    private static readonly IntegerShape Points = new(0, 1_000_000_000_000);

    private static readonly RecordShape Price = new(
        new("points", Points, "Default: as without a tier."),
        new("cash", Forms.Amount, "Default: as without a tier."));

    private static readonly RecordShape PerMember = new(
        new("times", new IntegerShape(1, 10_000), "How many a member may order.", Required: true),
        new("every", new ChoiceShape(Words<LimitWindow>.All),
            "The window, in mall-local days. Default ever."));

    /// <summary>One of them.</summary>
    public static readonly RecordShape Reward = new(
        new("name", Text, "Shown to people. Default: the id."),
        new("points", Points, "What it costs.", Required: true),
        new("cash", Forms.Amount, "What it costs besides, in the currency of the mall. Default 0."),
        new("wallet", Forms.Id, "Whose points. Default: the default wallet."),
        new("tier-prices", new MapShape(Forms.Id, Price, 20), "What it costs members of a tier."),
        new("for", new ListShape(Forms.Id, 20), "Members of these tiers order it. Default: all."),
        new("from", Forms.Moment, "When orders begin, `YYYY-MM-DDTHH:MM`. Default: at once."),
        new("to", Forms.Moment, "When they end. Default: as long as there is any."),
        new("stock", new MapShape(Forms.Id, new IntegerShape(0, 100_000_000), 1_000),
            "How many there are, by mall; a mall that is not named has none. Default: any number."),
        new("waiting", new IntegerShape(0, 1_000_000),
            "How many members may wait at each mall for one that comes back. Default 0."),
        new("desks", new MapShape(Forms.Id, new ListShape(Forms.Id, 100), 1_000),
            "Where it is handed over, by mall. Default: at any desk."),
        new("per-member", PerMember, "How many a member may order. Default: any number."),
        new("coupon", Forms.Id,
            "The coupon that it is, at once: a template without a stock. Default: a thing."),
        new("pay-within", Forms.Duration, "How long the cash price is waited for. Default 30m."),
        new("pick-up-within", Forms.Days, "Until the end of which day it may be picked up. Default 14d."),
        new("return-within", Forms.Days,
            "Until the end of which day after the pick-up it may be returned. Default: not at all."),
        new("on-expiry", new ChoiceShape(Words<RewardExpiry>.All),
            "What becomes of the points if nobody picks it up. Default give-back."),
        new("cancel", new ChoiceShape("true", "false"),
            "Whether an order may be called off before it is picked up. Default true."));
}
