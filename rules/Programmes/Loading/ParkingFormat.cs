using MallVip.Rules.Checking.Shapes;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>What <c>programme.yaml</c> may say of parking.</summary>
internal static class ParkingFormat
{
    private static readonly TextShape Text = new();

    private static readonly RecordShape Lot = new(
        new("name", Text, "Shown to people. Default: the id."),
        new("mall", Forms.Id, "One of `malls`. Default: the only mall."),
        new("capacity", new IntegerShape(1, 1_000_000), "How many cars it holds. Default: nobody knows."),
        new("tariff", Forms.Id, "One of `tariffs`. Default: it costs nothing, and no visits are kept."),
        new("grace", Forms.Duration, "How long one may take to leave after paying. Default 15m."),
        new("exceptions", new ListShape(Text, 100), "Vehicles, as gates name them, that pay nothing."));

    private static readonly RecordShape Step = new(
        new("first", Forms.Duration, "How long the step is, in whole blocks. The last step has none."),
        new("price", Forms.Amount, "Of a block, in the mall's currency.", Required: true),
        new("per", Forms.Duration, "How long a block is; one that has begun is paid.", Required: true));

    private static readonly RecordShape Rate = new(
        new("hours", Forms.Hours, "Which hours of the day, also past midnight. Default: all."),
        new("on", new EitherShape(Forms.Id, new ListShape(Forms.Id, 20)),
            "Calendars on whose days it applies. Default: on days of none that another rate names."),
        new("steps", new ListShape(Step, 20), "Prices from the first paid minute on.", Required: true),
        new("cap", Forms.Amount, "The most until another rate begins. Default: no cap."));

    private static readonly RecordShape Cap = new(
        new("amount", Forms.Amount, "The most that a period costs.", Required: true),
        new("every", new ChoiceShape("day", "24h"),
            "A mall-local day (default), or 24 hours from the entry."));

    private static readonly RecordShape Tariff = new(
        new("free", Forms.Duration, "Minutes that cost nothing. Default: none."),
        new("free-for", new ChoiceShape("every-stay", "short-stays"),
            "Whether they are the first of every stay (default), or only stays no longer are free."),
        new("cap", Cap, "The most that a visit costs per period. Default: no cap."),
        new("rates", new MapShape(Forms.Id, Rate, 50), "What which hours cost, by id.", Required: true),
        new("vehicles", new MapShape(Forms.Id, Forms.Id, 50),
            "Tariffs in its place, by the vehicle that the gate names."));

    private static readonly RecordShape Entitlement = new(
        new("tier", Forms.Id, "Members of this tier have free hours a day."),
        new("hours", new IntegerShape(1, 24), "With `tier`: how many."),
        new("spend", Forms.Amount, "Free time for so much spent in the lot's mall on the day."),
        new("points", new IntegerShape(1, Quantities.Points.Limit),
            "Time for points, where the member wants it."),
        new("per", Forms.Duration, "With `spend` and `points`: how much time each brings."),
        new("most", Forms.Duration, "With `spend`: the most in a day. With `points`: in a visit."));

    /// <summary>The key <c>parking</c>.</summary>
    public static readonly RecordShape Parking = new(
        new("lots", new MapShape(Forms.Id, new EitherShape(Text, map: Lot)),
            "Car parks by their code on the wire."),
        new("tariffs", new MapShape(Forms.Id, Tariff, 200), "What parking costs, by id."),
        new("entitlements", new ListShape(new EitherShape(
            new ChoiceShape("coupon", "grant"), map: Entitlement), 50),
            "What makes parking free for members, in the order in which it is used."));
}
