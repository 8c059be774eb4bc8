using MallVip.Rules.Checking.Shapes;
using MallVip.Rules.Coupons;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>What a coupon template may hold.</summary>
internal static class CouponFormat
{
    private static readonly TextShape Text = new();

    private static readonly ListShape Ids = new(Forms.Id, 1_000);
    private static readonly ListShape Texts = new(Text, 1_000);

    private static readonly RecordShape Multiply = new(
        new("wallet", Forms.Id, "Whose points are multiplied. Default: the default wallet."),
        new("by", Forms.Decimal, "The factor, above 1; the part above 1 becomes a line of its own.",
            Required: true));

    private static readonly RecordShape Scope = new(
        new("malls", Ids, "Malls where it is taken. Default: all."),
        new("stores", Ids, "Stores where it is taken. Default: all."),
        new("categories", Texts,
            "What it is for: categories of lines or, where a line has none, of the store."),
        new("brands", Texts, "What it is for: brands of lines."),
        new("tiers", Ids, "Members of these tiers. Default: all."),
        ActiveFormat.Days, ActiveFormat.Hours, ActiveFormat.Calendar, ActiveFormat.Except);

    private static readonly RecordShape Valid = new(
        new("days", new IntegerShape(1, 3_660), "Taken on so many days, the first included."),
        new("from", Forms.Day, "The first day, `YYYY-MM-DD`. Default: the day of the grant."),
        new("to", Forms.Day, "The last day, included."));

    private static readonly RecordShape PerMember = new(
        new("times", new IntegerShape(1, 10_000), "How many a member may be granted.", Required: true),
        new("every", new ChoiceShape(Words<LimitWindow>.All),
            "The window, in mall-local days. Default ever."));

    private static readonly RecordShape Funding = new(
        new("mall", Forms.Percent, "The mall's part, `40%`."),
        new("store", Forms.Percent, "The part of the store where it is redeemed."),
        new("brand", Forms.Percent, "The brand's part."));

    private static readonly RecordShape Claim = new(
        new("from", Forms.Moment, "When claims begin, `YYYY-MM-DDTHH:MM`. Default: at once."),
        new("to", Forms.Moment, "When they end. Default: as long as there are any."),
        new("tiers", Ids, "Members of these tiers. Default: all."),
        new("hold", new IntegerShape(1, 1_440),
            "Minutes that a piece waits for the member to whom it is offered. Default 10."),
        new("waiting", new IntegerShape(0, 1_000_000), "How many may wait for a piece. Default 0."));

    /// <summary>The full form.</summary>
    public static readonly RecordShape Template = new(
        new("name", Text, "Shown to people. Default: the id."),
        new("off", Forms.Amount, "Money off, in the currency of the store's mall."),
        new("percent", Forms.Decimal, "Percent off, above 0, to 100."),
        new("cap", Forms.Amount, "With `percent`: the most that it takes off."),
        new("gift", Text, "A thing along with a purchase."),
        new("parking", Forms.Duration, "Parking time, `2h` or `90m`."),
        new("multiply", Multiply, "Multiplies what the purchase earns."),
        new("exchange", Text, "A thing in exchange for the coupon alone."),
        new("from", Forms.Amount, "The least that the lines in scope come to, before coupons. Default 0."),
        new("scope", Scope, "Where, when, on what and by whom it is taken. Default: everywhere, always."),
        new("valid", Valid, "How long it is good; the full form needs it."),
        new("after", new IntegerShape(0, 366), "So many days after the grant it begins. Default 0: at once."),
        new("uses", new IntegerShape(1, 1_000), "How often one is redeemed. Default 1."),
        new("per-member", PerMember, "How many a member may be granted. Default: any number."),
        new("stack", Forms.Id, "Of one group a receipt takes one coupon. Default: the template's id."),
        new("alone", new ChoiceShape("true", "false"),
            "`true`: no other coupon stands beside it on a receipt. Default false."),
        new("funding", Funding, "Who pays for what it takes off, in percent. Default: the mall."),
        new("on-return", new ChoiceShape(Words<CouponReturn>.All),
            "What a return of the purchase does with it. Default give-back."),
        new("stock", new IntegerShape(1, 100_000_000), "How many there are. Default: any number."),
        new("stock-per-day", new IntegerShape(1, 100_000_000), "How many are given out on one day."),
        new("claim", Claim, "How members claim one themselves. Default: they cannot."));

    /// <summary>Its kinds, of which it has exactly one.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        ["off", "percent", "gift", "parking", "multiply", "exchange"];
}
