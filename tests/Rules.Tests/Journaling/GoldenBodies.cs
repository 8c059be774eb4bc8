using System.Collections.Immutable;
using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Tests.Journaling;

/// <summary>One body per kind of command, event data and fact, every member set.</summary>
internal static class GoldenBodies
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(8));
    private static readonly DateOnly Day = new(2026, 11, 21);
    private static readonly RuleRef Why = new("points/base", "", 0);
    private static readonly IdentityRef Phone = new("phone", "0123456789abcdef0123456789abcdef");

    private static readonly ImmutableSortedDictionary<string, FieldValue> Fields =
        ImmutableSortedDictionary<string, FieldValue>.Empty.WithComparers(StringComparer.Ordinal)
            .Add("birthday", new FieldValue.Date(new(4, 2, 29)))
            .Add("children", new FieldValue.Number(2))
            .Add("city", new FieldValue.Text("上海"))
            .Add("member-since", new FieldValue.Moment(At))
            .Add("name", new FieldValue.Handle("h1"))
            .Add("staff", new FieldValue.Flag(true));

    private static readonly MemberCommand.Enrol Enrol =
        new(MemberId.Parse("01234567-89ab-cdef-0123-456789abcdef"), At, "plaza", [Phone], Fields);

    private static readonly PurchaseData Purchase = new()
    {
        Receipt = "R-1",
        Store = "beauty-hall",
        Paid = new(123.45m),
        Lines = [new("S1", "lipstick", "Rouge", 1.5m, new(100m)), new(null, null, null, 1, new(23.45m))],
        Tenders = [new("alipay", new(123.45m))],
        PointsUsed = new(30),
        Till = "3",
        Cashier = "h7",
    };

    private static readonly IdentityProof Proof = new("desk-1", "sms");

    private static readonly ImmutableArray<LotPart> Parts = [new(1, new(10)), new(2, new(20))];

    private static readonly PointsTransfer Transfer = new(
        "t1", Enrol.Member, "points", [new(new(10), At), new(new(20), null)], At, "birthday");

    public static IEnumerable<(string Name, EntryBody Body)> All =>
        Commands().Select(pair => (pair.Name, Of(pair.Command, Fact.EventCounted.Instance)))
            .Concat(Facts()
                .Select(fact => ("fact-" + fact.GetType().Name, Of(new MemberCommand.FireDue(), fact))));

    /// <summary>What version 2 added.</summary>
    public static IEnumerable<(string Name, EntryBody Body)> Second => SecondFacts()
        .Select(fact =>
            ("fact-" + fact.GetType().Name, Of(new MemberCommand.FireDue(), fact) with { Version = 2 }));

    private static IEnumerable<Fact> SecondFacts() =>
    [
        new Fact.Earned("points", 3, new(60), new(5), At, At.AddYears(1), Why, new(40, 0, 60)),
        new Fact.Reversed("points", 3, new(33), new(4), Parts, new(3), new(2), new(1), Why, new(0, 100, 0)),
        new Fact.AttributeSet("city", new FieldValue.Text("上海"), Why),
        new Fact.BudgetUsed("points/base", Day, new(100), new(60), new(30), 7),
        new Fact.TierChanged("basic", "gold", At, At.AddYears(1), "rule", Why),
        .. Enum.GetValues<EffectKind>().Where(kind => kind <= EffectKind.Webhook)
            .Select(kind => new Fact.Effect(kind, "autumn", Fields, Why)),
        new Fact.Effect(EffectKind.Alert, "big", null, null),
        new Fact.Fired(At, "member.inactive(60d)"),
    ];

    /// <summary>What version 3 added.</summary>
    public static IEnumerable<(string Name, EntryBody Body)> Third => ThirdCommands()
        .Select(pair => (pair.Name, Of(pair.Command, Fact.EventCounted.Instance)))
        .Concat(ThirdFacts()
            .Select(fact => ("fact-" + fact.GetType().Name, Of(new MemberCommand.FireDue(), fact))))
        .Select(pair => (pair.Item1, pair.Item2 with { Version = 3 }));

    /// <summary>What version 4 added.</summary>
    public static IEnumerable<(string Name, EntryBody Body)> Fourth =>
    [
        ("status", Of(new MemberCommand.SetStatus(MemberStatus.CardLost, "rang up"),
            new Fact.StatusChanged(new(MemberStatus.CardLost, At, "rang up"))) with { Version = 4 }),
        .. Enum.GetValues<MemberStatus>().Select(status => ("status-" + status,
            Of(new MemberCommand.SetStatus(status, ""), new Fact.StatusChanged(new(status, At, null)))
                with { Version = 4 })),
    ];

    /// <summary>What version 5 added.</summary>
    public static IEnumerable<(string Name, EntryBody Body)> Fifth => FifthCommands()
        .Select(pair => (pair.Name, Of(pair.Command, Fact.EventCounted.Instance)))
        .Concat(FifthFacts()
            .Select(fact => ("fact-" + fact.GetType().Name, Of(new MemberCommand.FireDue(), fact))))
        .Concat(FifthTiers())
        .Select(pair => (pair.Item1, pair.Item2 with { Version = 5 }));

    /// <summary>What version 6 added.</summary>
    public static IEnumerable<(string Name, EntryBody Body)> Sixth =>
        SixthBodies().Select(pair => (pair.Name, pair.Body with { Version = 6 }));

    private static IEnumerable<(string Name, EntryBody Body)> SixthBodies() =>
    [
        ("link-verified", Of(
            new MemberCommand.LinkIdentity(Phone) { Proof = Proof },
            new Fact.IdentityVerified(Phone, At, Proof))),
        ("unlink", Of(
            new MemberCommand.ReleaseIdentity(Phone, "lost", true),
            new Fact.IdentityReleased(Phone, "lost"))),
        ("verify", Of(
            new MemberCommand.VerifyIdentity(Phone, Proof), new Fact.IdentityVerified(Phone, null, null))),
    ];

    private static IEnumerable<(string Name, MemberCommand Command)> FifthCommands() =>
    [
        ("merge", new MemberCommand.StartMerge("m1", Enrol.Member, "one person")),
        ("absorb", new MemberCommand.Absorb("m1", Enrol.Member, 7, Merged)),
        ("merge-end", new MemberCommand.EndMerge("m1", "member_blocked")),
        ("confirm", new MemberCommand.ConfirmPurchase("beauty-hall", "R-1", "seen")),
        ("extend", new MemberCommand.ExtendPoints("points", At.AddYears(1), At, "sorry")),
        ("expire", new MemberCommand.ExpirePoints("points", At, "left the country")),
    ];

    private static IEnumerable<Fact> FifthFacts() =>
    [
        new Fact.MergeStarted(new("m1", Enrol.Member, At), "one person"),
        new Fact.Absorbed("m1", Enrol.Member, 7, Merged),
        new Fact.WalletJoined(
            Enrol.Member, new("points") { Balance = new(12), Pending = new(3), Earned = new(15) },
            [new(4, "points", new(15), new(12), null, At.AddYears(1), 9)], Parts),
        new Fact.MergeRefused("m1", Enrol.Member, "member_blocked"),
        new Fact.WalletLeft("points", Enrol.Member, new(12), new(3)),
        new Fact.MergeEnded("m1", null),
        new Fact.TierChanged("basic", "gold", At, At.AddYears(1), "merge"),
        new Fact.EventParked("plaza-1", new("till", "e1", EventTypes.Refund, At, new RefundData
        {
            Refund = "B-1", Store = "plaza-1", Receipt = "R-9", Paid = new(100),
        }), At),
        new Fact.Earned("points", 3, new(60), new(0), At, At.AddYears(1), Why, null, true),
        new Fact.Expired(3, "points", new(60), "left the country", true),
        new Fact.Extended("points", new(60), [3, 4], At.AddYears(1), "sorry"),
    ];

    private static MemberState Merged => MemberState.Empty with
    {
        Id = Enrol.Member,
        EnrolledAt = At,
        HomeMall = "plaza",
        Identities = [Phone],
        Attributes = Fields,
        Consents = [new("sms", true, At)],
        Status = new(MemberStatus.Frozen, At, "inquiry"),
        Tags = [new("vip", At, At.AddDays(3), "tags/vip")],
        Tier = new("gold", At, At.AddYears(1)),
        Days = DayLog.Empty.AddPurchase("plaza", Day, 123.45m),
        Limits = [new("points/base", Day, Day.AddDays(1), 1, new(60))],
        OpenHolds = [new("h1", "points", new(5), At, "till 3")],
        Merge = new("m1", Enrol.Member, At),
        Absorbed = [new(Enrol.Member, Enrol.Member, 3, 5, 8)],
        NextLot = 5,
        Events = 3,
        Purchases = 2,
    };

    private static IEnumerable<(string Name, EntryBody Body)> FifthTiers() =>
    [
        ("tier-given", Of(new MemberCommand.GrantTier("gold", At.AddYears(1), "wedding"),
            new Fact.TierChanged("basic", "gold", At, At.AddYears(1), "hand")
            {
                Since = At.AddDays(-1),
                Grant = new(new("basic", At.AddYears(-1), At.AddDays(30)) { Grace = At }, "wedding"),
            })),
        ("tier-end", Of(new MemberCommand.EndTierGrant("by mistake"),
            new Fact.TierChanged("gold", "basic", At, At, "hand") { Grace = At.AddDays(-30) })),
        ("tier-ask", Of(new MemberCommand.ReassessTier(true),
            new Fact.TierChanged("gold", null, At, null, "reassessed"))),
        ("fact-Earned", Of(new MemberCommand.FireDue(), new Fact.Earned(
            "growth", 3, new(60), new(5), At, At.AddYears(1), Why, null, Day: Day))),
        ("fact-Reversed", Of(new MemberCommand.FireDue(), new Fact.Reversed(
            "growth", 3, new(33), new(4), Parts, new(3), new(2), new(1), Why, null, Day))),
    ];

    private static IEnumerable<(string Name, MemberCommand Command)> ThirdCommands() =>
    [
        ("hold", new MemberCommand.HoldPoints("h1", "points", new(30), At, "till 3")),
        ("capture", new MemberCommand.CaptureHold("h1", new(20), "gift")),
        ("send", new MemberCommand.SendPoints("t1", Enrol.Member, "points", new(30), "birthday")),
        ("receive", new MemberCommand.ReceivePoints(Enrol.Member, Transfer)),
        ("send-end", new MemberCommand.EndTransfer("t1", "points_overflow")),
        ("release", new MemberCommand.ReleaseHold("h1", "asked for")),
        ("event-purchase", Event(EventTypes.Purchase, Purchase with { Hold = "h1" })),
    ];

    private static IEnumerable<Fact> ThirdFacts() =>
    [
        new Fact.PointsHeld("h1", "points", new(30), At, "till 3"),
        new Fact.TransferSent(Transfer),
        new Fact.TransferRefused("t1", Enrol.Member, "points_overflow"),
        new Fact.TransferEnded("t1", "points_overflow"),
        new Fact.Transferred("t1", Enrol.Member, "points", new(30), 4, new(5), At, Parts, "birthday"),
        new Fact.HoldEnded("h1", "points", new(30), "captured"),
        new Fact.SpentPoints("points", new(33), Parts, new(2), "gift", new(3)),
    ];

    private static EntryBody Of(MemberCommand command, Fact fact) =>
        new(1, command, [fact],
            new([new("growth", new(5), new(0)), new("points", new(-12), new(7))], "gold"));

    private static IEnumerable<(string Name, MemberCommand Command)> Commands() =>
    [
        ("enrol", Enrol),
        ("open",
            new MemberCommand.OpenAccount(
                Enrol, [new("points", new(100), At, At.AddDays(1))], "gold", At.AddYears(1))),
        ("spend", new MemberCommand.Spend("points", new(30), "gift")),
        ("adjust", new MemberCommand.Adjust("points", new(-30), "correction", At)),
        ("tag", new MemberCommand.AddTag("vip", At, "asked for")),
        ("untag", new MemberCommand.RemoveTag("vip", "asked for")),
        ("link", new MemberCommand.LinkIdentity(Phone)),
        ("due", new MemberCommand.FireDue()),
        ("settle", new MemberCommand.SettleParked()),
        ("event-purchase", Event(EventTypes.Purchase, Purchase)),
        ("event-refund", Event(EventTypes.Refund, new RefundData
        {
            Refund = "B-1", Store = "beauty-hall", Receipt = "R-1", Paid = new(100),
            Lines = [new(1, 1.5m, new(100))],
        })),
        ("event-parking", Event(EventTypes.ParkingEntry, new ParkingData("north", "h2", "s9", "car"))),
        ("event-visit", Event(EventTypes.VisitDoor, new VisitData("plaza", "door 2"))),
        ("event-app", Event(EventTypes.AppCheckin, new AppData("home", "plaza"))),
        ("event-content", Event(EventTypes.ContentClicked, new ContentData("autumn", "sms"))),
        ("event-member", Event(EventTypes.MemberUpdated, new MemberData(Fields))),
        ("event-consent", Event(EventTypes.MemberRegistered, new MemberData(Fields)
        {
            Consent = ImmutableSortedDictionary<string, bool>.Empty.Add("e-mail", false).Add("sms", true),
            Referrer = Phone,
        })),
        ("event-custom", Event("mall.workshop", new CustomData(Fields))),
        ("event-empty", Event(EventTypes.MemberBirthday, EmptyData.Instance)),
    ];

    private static IEnumerable<Fact> Facts() =>
    [
        new Fact.Enrolled(Enrol.Member, At, "plaza", [Phone], Fields),
        new Fact.IdentityLinked(Phone),
        new Fact.AttributeSet("city", new FieldValue.Text("上海")),
        new Fact.ConsentSet("sms", true, At),
        new Fact.Referred(Phone),
        Fact.EventCounted.Instance,
        new Fact.Purchased("beauty-hall", "R-1", "plaza", Day, new(123.45m)),
        new Fact.Returned("beauty-hall", "R-1", "B-1", "plaza", Day, new(100), [new(1, 1.5m, new(100))], 7),
        new Fact.Visited("plaza", Day),
        new Fact.Earned("points", 3, new(60), new(5), At, At.AddYears(1), Why),
        new Fact.Activated(3, "points", new(60), new(5)),
        new Fact.Expired(3, "points", new(60)),
        new Fact.SpentPoints("points", new(30), Parts, new(2), "gift"),
        new Fact.Adjusted("points", new(-30), 4, new(5), At, Parts, "correction"),
        new Fact.Reversed("points", 3, new(33), new(4), Parts, new(3), new(2), new(1), Why),
        new Fact.LimitUsed("points/base", Day, Day.AddDays(1), 1, new(60)),
        new Fact.TierChanged("basic", "gold", At, At.AddYears(1), "event"),
        new Fact.TagAdded("vip", At, At.AddDays(30), Why),
        new Fact.TagRemoved("vip", "rule", Why),
        new Fact.ParkingEntered("north", "h2", "s9", At),
        new Fact.ParkingLeft("north", "h2", "s9", At, At.AddHours(1), "exit"),
        new Fact.EventParked("new-store", new("till", "e1", EventTypes.Purchase, At, Purchase)),
        new Fact.EventSettled(7),
        new Fact.Fired(At),
        new Fact.Warned("rule_failed", "Division by zero.", Why),
    ];

    private static MemberCommand.RecordEvent Event(string type, EventData data) =>
        new(new("till", "e1", type, At, data));
}
