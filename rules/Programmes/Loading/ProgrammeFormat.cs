using MallVip.Rules.Checking.Shapes;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>What <c>programme.yaml</c> and store files may hold.</summary>
internal static class ProgrammeFormat
{
    private static readonly TextShape Text = new();
    private static readonly ChoiceShape Flag = new("true", "false");

    private static readonly RecordShape Mall = new(
        new("name", Text, "Shown to people. Default: the id."),
        new("currency", Forms.Currency,
            "ISO 4217 code of all money in the mall's events. Default: the programme's."),
        new("timezone", Forms.Zone, "IANA zone that decides the mall's days. Default: the programme's."));

    private static readonly RecordShape Store = new(
        new("name", Text, "Shown to people. Default: the id."),
        new("category", Forms.Id, "One of `categories`. Default: that of `store-defaults`."),
        new("mall", Forms.Id, "One of `malls`. Default: that of `store-defaults`, else the only mall."));

    private static readonly RecordShape ListedStore = new(
        [new("id", Forms.Id, "The store's code on the wire.", Required: true), .. Store.Keys]);

    private static readonly RecordShape StoreDefaults = new(
        new("category", Forms.Id, "Category of stores that name none."),
        new("mall", Forms.Id, "Mall of stores that name none."));

    private static readonly EitherShape Stores = new(
        list: new ListShape(new EitherShape(scalar: Forms.Id, map: ListedStore)),
        map: new MapShape(Forms.Id, new EitherShape(scalar: Forms.Id, map: Store)));

    private static readonly RecordShape Expiry = new(
        new("months", new IntegerShape(1, 120), "Points lapse this many months after they were earned."),
        new("to", new ChoiceShape("day", "month-end"),
            "With `months`: to the same day (default) or that month's end."),
        new("days", new IntegerShape(1, 3_660), "Points lapse this many days after they were earned."),
        new("next-year-on", Forms.MonthDay,
            "Points lapse at the end of this day (`MM-DD`) of the next year."),
        new("rolling", new ChoiceShape(Words<RollingOn>.All),
            "What lets all points of the wallet last as long as new ones: `earning` points of it, or any " +
            "`purchase`, also one that earns none. Default: nothing."));

    private static readonly RecordShape Pending = new(
        new("until",
            new ChoiceShape(Words<PendingUntil>.WordOf(PendingUntil.ReturnWindow),
                Words<PendingUntil>.WordOf(PendingUntil.Confirmed)),
            "What points of a purchase wait for; all other points are active at once.", Required: true),
        new("days", new IntegerShape(1, 366),
            "`return-window`: from the day of the purchase. `confirmed`: what is not confirmed by then " +
            "lapses; default: it waits."));

    private static readonly RecordShape Spend = new(
        new("from", new IntegerShape(1, Quantities.Points.Limit), "The least of a spend. Default: `step`."),
        new("step", new IntegerShape(1, Quantities.Points.Limit),
            "Above `from`, in whole steps of this. Default 1."));

    private static readonly RecordShape Rewards = new(
        new("tenders", new ListShape(Text, 50), "Kinds of tenders that are rewards: points, vouchers.",
            Required: true),
        new("earn", new ChoiceShape("before", "after"),
            "Whether rules see what was paid `before` or `after` rewards are taken off.",
            Required: true));

    private static readonly RecordShape Approvals = new(
        new Key("above", new IntegerShape(0, Quantities.Points.Limit),
            "Points in one correction or list, in or out, above which another operator must approve.",
            Required: true));

    private static readonly RecordShape Claims = new(
        new("per-day", new IntegerShape(1, 1_000),
            "Events that a member may claim on one day of the home mall. Default: any number."),
        new Key("wrong-per-hour", new IntegerShape(1, 1_000),
            "Wrong tries of a member to claim an event within an hour, by one key. Default: 20."));

    private static readonly RecordShape DeskReceipts = new(
        new("per-day", new IntegerShape(1, 10_000),
            "Slips that one operator may hand in on a mall day. Default 30."),
        new("amount-per-day", Forms.Amount,
            "What these may add up to, in the mall's currency. Default 20000."),
        new("oldest-days", new IntegerShape(0, 3_650),
            "How many mall days a slip may be old; 0: of today. Default 30."),
        new("wait-days", new IntegerShape(1, Programmes.DeskReceipts.MostWaitDays),
            "After how many days a slip that nobody has approved is declined. Default 7."),
        new("approve-above", Forms.Amount,
            "Slips above it need a second operator, others count at once. Default: all need one."));

    private static readonly RecordShape Cap = new(
        new("every", new ChoiceShape(Words<LimitWindow>.All), "The window, in mall-local days.",
            Required: true),
        new("amount", new IntegerShape(1, Quantities.Points.Limit), "The most that comes in per window.",
            Required: true));

    private static readonly RecordShape Wallet = new(
        new("name", Text, "Shown to people. Default: the id."),
        new("spendable", Flag, "`false`: only counted, never spent. Default true."),
        new("expiry", new EitherShape(new ChoiceShape("none"), map: Expiry),
            "When points lapse. Default none."),
        new("pending", new EitherShape(new IntegerShape(0, 366), map: Pending),
            "Days until points may be spent, or what they wait for. Default 0."),
        new("stack", new ChoiceShape(Words<Stacking>.All), "How multipliers combine. Default sum."),
        new("cap", Cap, "The most that a member may earn per window. Default none."),
        new("ceiling", new IntegerShape(1, Quantities.Points.Limit),
            "The most that it holds, pending points included; what rules give beyond is not earned."),
        new("cost", Forms.Cost, "What a point costs the mall, for reports. Default: none is known."),
        new("spend", Spend, "In which amounts it is spent. Default: any."),
        new("windows", Flag,
            "`true`: counted by day, for `member.earned(\"points\", \"year\")`. Default false."),
        new("floor", new IntegerShape(-Quantities.Points.Limit, 0),
            "How far below 0 a spend may take the balance. Default 0."),
        new("returns", new ChoiceShape(Words<ReturnPolicy>.All),
            "What a return may take of points already spent. Default within-balance."));

    private static readonly RecordShape Tier = new(
        new("name", Text, "Shown to people. Default: the id."),
        new("when", new ExpressionShape(), "Entry condition in CEL. Only the lowest tier may have none."),
        new("valid-months", new IntegerShape(1, 120), "Asked again after so many months. Default: no end."),
        new("valid-from", new TextShape(),
            "From when months are counted: `entry` (default), `enrolment` or an attribute of type date."),
        new("valid-to", Forms.TierEnd,
            "`day` (default), `month-end`, or a day `MM-DD`: the first such after the months, if any."),
        new("keep", new ExpressionShape(), "What must hold at the end to keep it. Default: `when`."),
        new("grace", Forms.Days, "How long after the end it stays and may still be kept. Default 0."),
        new("downgrade", new ChoiceShape(Words<TierFall>.All),
            "Who does not keep it falls to the highest lower tier that `when` allows, or one step."),
        new("on-return", new ChoiceShape(Words<TierReturn>.All),
            "`re-evaluate`: a return after which `when` no longer holds ends it at once. Default keep."));

    private static readonly RecordShape Field = new(
        new("type", new ChoiceShape(Words<FieldType>.All), "The type of the value.", Required: true),
        new("personal", Flag,
            "Kept outside the journal; expressions may only compare it. Default: true for text without " +
            "`choices`."),
        new("choices", new ListShape(Text, 200), "Text that is not personal: the values that it may have."),
        new("min", Forms.Decimal, "Numbers: the least."),
        new("max", Forms.Decimal, "Numbers: the most."),
        new("required", Flag, "Event fields only: `true` refuses an event without it. Default false."));

    private static readonly EitherShape Fields = new(
        map: new MapShape(Forms.FieldName,
            new EitherShape(new ChoiceShape(Words<FieldType>.All), map: Field), 200));

    private static readonly RecordShape EventType = new(
        new("name", Text, "Shown to people. Default: the type."),
        new("fields", Fields, "The fields of the event's `data`."));

    private static readonly RecordShape Calendar = new(
        new("name", Text, "Shown to people. Default: the id."),
        new("days", new ListShape(Forms.DaySpan, 1_000),
            "Days, `YYYY-MM-DD`, or spans of them, `YYYY-MM-DD..YYYY-MM-DD`, both ends included."),
        new("yearly", new ListShape(Forms.YearlySpan, 366),
            "Days of every year, `MM-DD`, or spans of them, `MM-DD..MM-DD`."),
        new("monthly", new ListShape(new IntegerShape(1, 31), 31),
            "Days of every month; one that a month lacks is its last."));

    private static readonly RecordShape Achievement = new(
        new("name", Text, "Shown to people. Default: the id."),
        new("on", Forms.EventType, "The type of the events that count: one that is sent, no refund.",
            Required: true),
        new("when", new ExpressionShape(), "Which of them count, in CEL. Default: all."),
        new("count", new ExpressionShape(),
            "What comes together: `events` (default), `days` with one, or an amount in CEL."),
        new("streak", new ChoiceShape(Words<StreakUnit>.All),
            "Unbroken days, weeks (from Monday) or months with an event. Stands in the place of `count` " +
            "and `every`."),
        new("every", new ChoiceShape(Words<LimitWindow>.All),
            "The window in which it comes together, in mall-local days. Default ever."),
        new("goal", new IntegerShape(1, Quantities.Points.Limit), "How much has to come together.",
            Required: true),
        new("recurs", new ChoiceShape(Words<Recurrence>.All),
            "Reached `once` (default), once in `every-period` (of a streak: while it is unbroken), or " +
            "`always`, with every multiple of the goal."));

    private static readonly RecordShape DeclaredTag = new(
        new("name", Text, "Shown to people. Default: the id."),
        new("group", Forms.Id, "One of `tag-groups`."),
        new("colour", Forms.Colour, "`\"#RRGGBB\"`, for whoever shows it."),
        new("owner", Text, "Who answers for it."),
        new("note", new TextShape(2_000), "What it is for."));

    private static readonly RecordShape TagGroup = new(
        new("name", Text, "Shown to people. Default: the id."),
        new("exclusive", Flag,
            "`true`: a member carries one of its tags at most, the newest. Default false."));

    private static readonly MapShape Targets = new(Forms.Id, new EitherShape(Text, map: new RecordShape(
        new Key("name", Text, "Shown to people. Default: the id."))));

    /// <summary>The file <c>programme.yaml</c>.</summary>
    public static readonly RecordShape Programme = new(
        new("name", Text, "Shown to people."),
        new("timezone", Forms.Zone, "IANA zone of everything that no mall decides.", Required: true),
        new("currency", Forms.Currency, "Currency of malls that name none."),
        new("malls", new MapShape(Forms.Id, Mall, 1_000), "The malls, by id.", Required: true),
        new("categories", new EitherShape(list: new ListShape(Forms.Id), map: new MapShape(Forms.Id, Text)),
            "Categories of stores: a list of ids, or ids with names."),
        new("store-defaults", StoreDefaults, "What stores of this file have unless they say otherwise."),
        new("stores", Stores, "Stores: a list of codes, or a map from code to category or to the full form."),
        new("wallets", new MapShape(Forms.Id, Wallet, 20),
            "What members collect; the first spendable one is the default.",
            Required: true),
        new("approvals", Approvals, "What one operator alone may not do by hand. Default: nothing."),
        new("claims", Claims, "How often members may claim events that nobody has, by their receipts."),
        new("desk-receipts", DeskReceipts,
            "Slips that operators hand in for members, where no till has sent the receipt. Default: none."),
        new("rewards", Rewards, "What of a receipt was paid with rewards, and whether it earns."),
        new("tiers", new MapShape(Forms.Id, Tier, 20), "The ladder, from the lowest to the highest."),
        new("achievements", new MapShape(Forms.Id, Achievement, 100),
            "What members reach by coming again: streaks, badges."),
        new("tag-groups", new MapShape(Forms.Id, new EitherShape(Text, map: TagGroup), 200),
            "Groups of tags, by id."),
        new("tags", new MapShape(Forms.Id, new EitherShape(Text, map: DeclaredTag), 2_000),
            "Tags: name, group, colour, owner. Where any is declared, rules may name no other."),
        new("referrals", new RecordShape(new Key("wait", Forms.Days,
            "How long after a friend's first purchase the referrer hears of it; what is returned wholly by " +
            "then is undone. Default: at once.")), "When members are told of the friends they brought."),
        new("short-windows", Flag,
            "`true`: purchases and refunds are counted by the minute too, for guards. Default false."),
        new("calendars", new MapShape(Forms.Id, Calendar, 100),
            "Named days: holidays, a member day. Used by `active` and by `event.local.on(...)`."),
        new("coupons", new MapShape(Forms.Id, new EitherShape(Text, map: CouponFormat.Template), 2_000),
            "Coupons: those of another system by id and name, others as templates."),
        new("catalogue", new MapShape(Forms.Id, CatalogueFormat.Reward, 2_000),
            "Rewards: what members order for points, and pick up."),
        new("benefits", Targets, "Benefits that rules may grant."),
        new("journeys", Targets, "Journeys that rules may start."),
        new("messages", Targets, "Messages that rules may send."),
        new("surveys", Targets, "Surveys that rules may send."),
        new("webhooks", Targets, "Webhooks that rules may call."),
        new("attributes", Fields, "Attributes of members."),
        new("events", new MapShape(Forms.EventType, EventType, 200), "Event types of your own."),
        new("parking", ParkingFormat.Parking, "Car parks, what they cost, and for whom they are free."));

    /// <summary>A file with more stores.</summary>
    public static readonly RecordShape StoreFile = new(
        new("store-defaults", StoreDefaults, "What stores of this file have unless they say otherwise."),
        new("stores", Stores, "Stores: a list of codes, or a map from code to category or to the full form.",
            Required: true));
}
