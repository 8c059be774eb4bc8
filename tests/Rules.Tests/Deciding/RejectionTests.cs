using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.Rules.Returns;
using MallVip.Rules.Tests.Catalogue;
using MallVip.Rules.Reviews;
using MallVip.Rules.Tests.Coupons;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Deciding;

/// <summary>
/// Each refusal by name, in the order of the list; where two apply, the earlier one is answered.
/// </summary>
public class RejectionTests
{
    private static readonly Shopper Member = new Shopper(
        Examples.PointPerYuan().Wallet("growth", wallet => wallet with { Spendable = false })
            .Tier("basic", null).Build())
        .Buys("beauty-hall", 100, "R", null, 0, new PurchaseLine("S", null, null, 2, new(100)))
        .Returns("beauty-hall", "R", 10, "B", new RefundLine(1, 0.2m, new(10)));

    private static readonly Shopper Left = new Shopper(Member.Programme).Becomes(MemberStatus.Closed);

    private static readonly Shopper Stepping = new(
        Examples.PointPerYuan(wallet => wallet with { Steps = new(100, 100), Ceiling = 1_000 }).Build());

    private static readonly Shopper Stranded = new(Examples.PointPerYuan().Build());

    private static readonly Shopper Stranger = new(Member.Programme, enrol: false);

    private static readonly Shopper Reachable = new Shopper(Member.Programme).Has(new("phone", "1"));

    public static TheoryData<RejectionKind, string> Kinds
    {
        get
        {
            var data = new TheoryData<RejectionKind, string>();
            foreach (var (kind, name) in Cases.Keys)
                data.Add(kind, name);
            return data;
        }
    }

    private static readonly Dictionary<(RejectionKind Kind, string Name), Func<Rejection>> Cases = new()
    {
        [(RejectionKind.UnknownMember, "an event for nobody")] = () => Stranger.Refused(Bought(1)),
        [(RejectionKind.UnknownMember, "a timer of nobody")] = () =>
            Stranger.Refused(new MemberCommand.FireDue()),
        [(RejectionKind.AlreadyEnrolled, "enrolled twice")] = () => Member.Refused(Enrol),
        [(RejectionKind.AlreadyEnrolled, "opened after enrolment")] = () =>
            Member.Refused(Open("points", 0, null)),
        [(RejectionKind.IdentityNotHeld, "a release of what somebody else has")] = () =>
            Member.Refused(new MemberCommand.ReleaseIdentity(new("card", "1"), "lost", true)),
        [(RejectionKind.LastIdentity, "a release of the only phone")] = () =>
            Reachable.Refused(new MemberCommand.ReleaseIdentity(new("phone", "1"), "lost", false)),
        [(RejectionKind.MemberBlocked, "a closed member's purchase, six minutes ahead")] = () =>
            Left.Refused(Bought(1, "2026-11-21T12:06")),
        [(RejectionKind.MemberBlocked, "a closed member's spend of nothing")] = () =>
            Left.Refused(Spend("points", 0)),
        [(RejectionKind.ClaimLimited, "a second receipt claimed on a day of one, and absurd")] = () =>
            Claimed().Refused(Bought(-1) with { IsClaim = true }),
        [(RejectionKind.TimeInFuture, "six minutes ahead")] = () =>
            Member.Refused(Bought(1, "2026-11-21T12:06")),
        [(RejectionKind.TimeInFuture, "ahead and absurd")] = () =>
            Member.Refused(Bought(-1, "2026-11-22T12:00")),
        [(RejectionKind.TimeTooOld, "31 days ago")] = () => Member.Refused(Bought(1, "2026-10-21T12:00")),
        [(RejectionKind.TimeInFuture, "the year 9999 in a run")] = () => InARun("9999-12-31T12:00"),
        [(RejectionKind.TimeTooOld, "the year 1 in a run")] = () => InARun("0001-01-02T12:00"),
        [(RejectionKind.TimeInFuture, "enrolled in the year 9999")] = () =>
            Stranger.Refused(Enrol with { At = Shopper.At("9999-12-31T12:00") }),
        [(RejectionKind.AmountOutOfRange, "paid below 0")] = () => Member.Refused(Bought(-0.01m)),
        [(RejectionKind.AmountOutOfRange, "paid beyond 10^12")] = () =>
            Member.Refused(Bought(Money.Limit + 0.01m)),
        [(RejectionKind.AmountOutOfRange, "an unknown receipt refunded with nothing")] = () =>
            Member.Refused(Back("X", 0)),
        [(RejectionKind.AmountOutOfRange, "spend nothing in no wallet")] = () =>
            Member.Refused(Spend("x", 0)),
        [(RejectionKind.AmountOutOfRange, "adjust nothing")] = () =>
            Member.Refused(new MemberCommand.Adjust("points", new(0), "", null)),
        [(RejectionKind.AmountOutOfRange, "open with nothing")] = () =>
            Stranger.Refused(Open("points", 0, null)),
        [(RejectionKind.UnknownWallet, "spend")] = () => Member.Refused(Spend("x", 1)),
        [(RejectionKind.UnknownWallet, "adjust")] = () =>
            Member.Refused(new MemberCommand.Adjust("x", new(1), "", null)),
        [(RejectionKind.UnknownWallet, "open, with an unknown tier too")] = () =>
            Stranger.Refused(Open("x", 1, "x")),
        [(RejectionKind.WalletNotSpendable, "more growth than there is")] = () =>
            Member.Refused(Spend("growth", 1)),
        [(RejectionKind.InsufficientPoints, "spend")] = () => Member.Refused(Spend("points", 91)),
        [(RejectionKind.InsufficientPoints, "adjust")] = () =>
            Member.Refused(new MemberCommand.Adjust("points", new(-91), "", null)),
        [(RejectionKind.AmountOutOfRange, "hold nothing")] = () => Member.Refused(Hold("points", 0)),
        [(RejectionKind.UnknownWallet, "hold")] = () => Member.Refused(Hold("x", 1)),
        [(RejectionKind.WalletNotSpendable, "hold growth")] = () => Member.Refused(Hold("growth", 1)),
        [(RejectionKind.InvalidSpend, "a part of a step, more than there is")] = () =>
            Stepping.Refused(Spend("points", 150)),
        [(RejectionKind.CeilingExceeded, "beyond the ceiling and 10^15")] = () => Stepping.Refused(
            new MemberCommand.Adjust("points", new(Points.Limit), "", null)),
        [(RejectionKind.InvalidEnd, "over already, of no points")] = () =>
            Stranded.Refused(new MemberCommand.ExtendPoints("points", Member.Now, null, "")),
        [(RejectionKind.NoSuchPoints, "extended")] = () => Stranded.Refused(
            new MemberCommand.ExtendPoints("points", Member.Now.AddDays(1), null, "")),
        [(RejectionKind.NoSuchPoints, "lapsed")] = () =>
            Stranded.Refused(new MemberCommand.ExpirePoints("points", null, "")),
        [(RejectionKind.NoSuchPoints, "confirmed, of a wallet that waits for nothing")] = () =>
            Member.Refused(new MemberCommand.ConfirmPurchase("beauty-hall", "R", null)),
        [(RejectionKind.UnknownReceipt, "confirmed")] = () =>
            Member.Refused(new MemberCommand.ConfirmPurchase("beauty-hall", "X", null)),
        [(RejectionKind.InsufficientPoints, "hold")] = () => Member.Refused(Hold("points", 91)),
        [(RejectionKind.AmountOutOfRange, "give nothing")] = () => Member.Refused(Send("points", 0)),
        [(RejectionKind.UnknownWallet, "give")] = () => Member.Refused(Send("x", 1)),
        [(RejectionKind.WalletNotSpendable, "give growth")] = () => Member.Refused(Send("growth", 1)),
        [(RejectionKind.InsufficientPoints, "give")] = () => Member.Refused(Send("points", 91)),
        [(RejectionKind.TransferToSelf, "more than there is")] = () =>
            Member.Refused(Send("points", 91, Shopper.Id)),
        [(RejectionKind.MergeWithSelf, "with itself")] = () =>
            Member.Refused(new MemberCommand.StartMerge("m", Shopper.Id, "one person")),
        [(RejectionKind.MemberMerged, "under way, too many points")] = () =>
        {
            var member = new Shopper(Examples.PointPerYuan().Build());
            member.Do(new MemberCommand.StartMerge("m", new(7), "one person"));
            return member.Refused(Send("points", 91));
        },
        [(RejectionKind.MergeBlocked, "points under way to another")] = () =>
        {
            var member = new Shopper(Examples.PointPerYuan().Build()).Buys("beauty-hall", 100);
            member.Do(Send("points", 9));
            return member.Refused(new MemberCommand.StartMerge("m", new(7), "one person"));
        },
        [(RejectionKind.UnknownHold, "capture")] = () =>
            Member.Refused(new MemberCommand.CaptureHold("H", null, "")),
        [(RejectionKind.UnknownHold, "release")] = () =>
            Member.Refused(new MemberCommand.ReleaseHold("H", null)),
        [(RejectionKind.InvalidHold, "over already")] = () => Member.Refused(Hold("points", 91, 0)),
        [(RejectionKind.InvalidHold, "for 31 days")] = () => Member.Refused(Hold("points", 1, 31 * 24 * 60)),
        [(RejectionKind.UnknownTier, "open")] = () => Stranger.Refused(Open("points", 1, "x")),
        [(RejectionKind.InvalidTierGrant, "over already")] = () =>
            Member.Refused(new MemberCommand.GrantTier("basic", Member.Now, "")),
        [(RejectionKind.InvalidTierGrant, "none was given")] = () =>
            Member.Refused(new MemberCommand.EndTierGrant("")),
        [(RejectionKind.TierEarned, "the lowest")] = () =>
            Member.Refused(new MemberCommand.GrantTier("basic", Member.Now.AddDays(1), "")),
        [(RejectionKind.InvalidTag, "a blank")] = () =>
            Member.Refused(new MemberCommand.AddTag("a b", null, null)),
        [(RejectionKind.InvalidTag, "over already")] = () =>
            Member.Refused(new MemberCommand.AddTag("vip", Member.Now, null)),
        [(RejectionKind.InvalidTag, "removed by no name")] = () =>
            Member.Refused(new MemberCommand.RemoveTag("", null)),
        [(RejectionKind.InvalidTag, "brought along, a blank")] = () =>
            Stranger.Refused(Bring(new OpeningTag("a b", null))),
        [(RejectionKind.InvalidTag, "brought along, over before the enrolment")] = () =>
            Stranger.Refused(Bring(new OpeningTag("vip", Enrol.At))),
        [(RejectionKind.ParkingTimeGone, "in no car park")] = () =>
            Member.Refused(new MemberCommand.UseParking("P", "nowhere", [], default)),
        [(RejectionKind.ReceiptKnown, "the receipt of another event")] = KnownReceipt,
        [(RejectionKind.UnknownReceipt, "no such receipt, line 9 of it, and as many wait as may")] = () =>
            Patient().Refused(Back("X", 1, "B", 9)),
        [(RejectionKind.RefundKnown, "the same refund, too much of it")] = () =>
            Member.Refused(Back("R", 1000, "B", 9)),
        [(RejectionKind.UnknownLine, "line 2 of one, too much of it")] = () =>
            Member.Refused(Back("R", 1000, "B2", 2)),
        [(RejectionKind.UnknownLine, "line 0")] = () => Member.Refused(Back("R", 1, "B2", 0)),
        [(RejectionKind.ReturnExceedsPurchase, "more money than is left")] = () =>
            Member.Refused(Back("R", 90.01m)),
        [(RejectionKind.ReturnExceedsPurchase, "more pieces than are left")] = () =>
            Member.Refused(Back("R", 1, "B2", 1, 1.81m)),
        [(RejectionKind.UnknownTemplate, "granted, of another system")] = () =>
            Vouchers.Shopper().Refused(Vouchers.Grant("ten-off")),
        [(RejectionKind.CouponNeedsStock, "granted by hand")] = () =>
            Vouchers.Shopper().Refused(Vouchers.Grant("flash")),
        [(RejectionKind.CouponLimited, "a third one of two a month")] = () =>
            Vouchers.Shopper().Gets("twice").Gets("twice").Refused(Vouchers.Grant("twice")),
        [(RejectionKind.UnknownCoupon, "redeemed, by nobody's number")] = () =>
            Vouchers.Shopper().Refused(Vouchers.Redeem(1, "R", 1)),
        [(RejectionKind.UnknownCoupon, "taken away")] = () =>
            Vouchers.Shopper().Refused(new MemberCommand.VoidCoupon(0, "")),
        [(RejectionKind.CouponExpired, "granted after the last day")] = () =>
            Vouchers.Shopper(at: "2027-01-01T00:00").Refused(Vouchers.Grant("tenth")),
        [(RejectionKind.CouponExpired, "redeemed a day late")] = () =>
            Vouchers.Shopper().Gets("tenth").Wait("2027-01-01T00:00").Refused(Vouchers.Redeem(1, "R", 9)),
        [(RejectionKind.CouponNotYetValid, "redeemed on the day of the grant")] = () =>
            Vouchers.Shopper().Gets("park").Refused(Vouchers.Redeem(1, "R", 1)),
        [(RejectionKind.CouponUsed, "reserved after it was redeemed")] = () =>
            Vouchers.Shopper().Gets("solo").Redeems(1, "R", 1).Refused(
                new MemberCommand.ReserveCoupon(1, "noodles", null, Member.Now.AddMinutes(1))),
        [(RejectionKind.CouponReserved, "at two tills")] = () =>
        {
            var member = Vouchers.Shopper().Gets("solo");
            member.Do(new MemberCommand.ReserveCoupon(1, "noodles", null, member.Now.AddMinutes(1)));
            return member.Refused(
                new MemberCommand.ReserveCoupon(1, "fresh", null, member.Now.AddMinutes(1)));
        },
        [(RejectionKind.CouponNotReserved, "released")] = () =>
            Vouchers.Shopper().Gets("solo").Refused(new MemberCommand.ReleaseCoupon(1)),
        [(RejectionKind.InvalidHold, "a coupon for two days")] = () =>
            Vouchers.Shopper().Gets("solo").Refused(
                new MemberCommand.ReserveCoupon(1, "noodles", null, Member.Now.AddDays(2))),
        [(RejectionKind.CouponOutOfScope, "no beauty")] = () =>
            Vouchers.Shopper().Gets("beauty-50").Refused(Vouchers.Redeem(1, "R", 200, "noodles")),
        [(RejectionKind.CouponOutOfScope, "no such store")] = () =>
            Vouchers.Shopper().Gets("beauty-50").Refused(Vouchers.Redeem(1, "R", 200, "x")),
        [(RejectionKind.CouponOutOfScope, "no weekend")] = () =>
            Vouchers.Shopper().Gets("weekend").Wait("2026-11-23T12:00").Refused(Vouchers.Redeem(1, "R", 1)),
        [(RejectionKind.CouponOutOfScope, "not gold")] = () =>
            Vouchers.Shopper().Gets("golden").Refused(Vouchers.Redeem(1, "R", 1)),
        [(RejectionKind.CouponBelowThreshold, "a cent below")] = () =>
            Vouchers.Shopper().Gets("beauty-50").Refused(Vouchers.Redeem(1, "R", 199.99m)),
        [(RejectionKind.CouponExcluded, "two of one group")] = () =>
            Vouchers.Shopper().Gets("double").Gets("triple").Redeems(1, "R", 1)
                .Refused(Vouchers.Redeem(2, "R", 1)),
        [(RejectionKind.CouponExcluded, "beside one that stands alone")] = () =>
            Vouchers.Shopper().Gets("solo").Gets("double").Redeems(1, "R", 1)
                .Refused(Vouchers.Redeem(2, "R", 1)),
        [(RejectionKind.CouponNotRedeemed, "returned from another receipt")] = () =>
            Vouchers.Shopper().Gets("solo").Redeems(1, "R", 1)
                .Refused(new MemberCommand.ReturnCoupon(1, "beauty-hall", "S")),
        [(RejectionKind.CouponKept, "returned")] = () =>
            Vouchers.Shopper().Gets("tenth").Redeems(1, "R", 1)
                .Refused(new MemberCommand.ReturnCoupon(1, "beauty-hall", "R")),
        [(RejectionKind.UnknownReward, "ordered")] = () => Gifts.Shopper().Refused(Gifts.Order("x")),
        [(RejectionKind.RewardUnavailable, "at a mall that has none")] = () =>
            Gifts.Shopper().Refused(Gifts.Order("tea-set", mall: "x")),
        [(RejectionKind.RewardUnavailable, "not gold")] = () =>
            Gifts.Shopper().Refused(Gifts.Order("golden")),
        [(RejectionKind.RewardUnavailable, "a day late")] = () =>
            Gifts.Shopper().Wait("2026-11-22T00:00").Refused(Gifts.Order("autumn")),
        [(RejectionKind.RewardLimited, "a second one of one")] = () =>
            Gifts.Shopper().Orders("lamp").Refused(Gifts.Order("lamp", "o2")),
        [(RejectionKind.InsufficientPoints, "order")] = () =>
            Gifts.Shopper(points: 299).Refused(Gifts.Order("tea-set")),
        [(RejectionKind.UnknownOrder, "called off")] = () =>
            Gifts.Shopper().Refused(Gifts.Cancel("x")),
        [(RejectionKind.OrderExpired, "picked up a day late")] = () => Gifts.Shopper().Orders("tea-set")
            .Wait("2026-12-06T00:00").Refused(Gifts.PickUp()),
        [(RejectionKind.OrderOver, "called off twice")] = () => Gifts.Shopper().Orders("tea-set").Cancels()
            .Refused(Gifts.Cancel()),
        [(RejectionKind.OrderUnpaid, "picked up")] = () =>
            Gifts.Shopper().Orders("lamp").Refused(Gifts.PickUp()),
        [(RejectionKind.OrderPaid, "with another payment")] = () => Gifts.Shopper().Orders("lamp").Pays(9.90m)
            .Refused(Gifts.Pay(9.90m, "p2")),
        [(RejectionKind.AmountOutOfRange, "an order paid in part")] = () =>
            Gifts.Shopper().Orders("lamp").Refused(Gifts.Pay(1)),
        [(RejectionKind.OrderNotPickedUp, "brought back")] = () => Gifts.Shopper().Orders("tea-set")
            .Refused(Gifts.BringBack()),
        [(RejectionKind.OrderKept, "called off")] = () => Gifts.Shopper().Orders("poster")
            .Refused(Gifts.Cancel()),
        [(RejectionKind.UnknownDesk, "picked up")] = () => Gifts.Shopper().Orders("poster")
            .Refused(Gifts.PickUp(desk: "door")),
        [(RejectionKind.UnknownReview, "released")] = () =>
            Member.Refused(new MemberCommand.EndReview("c0ffee", ReviewEnd.Released, "ok")),
        [(RejectionKind.ReviewEnded, "released after it was rejected")] = () =>
        {
            var member = Flagged();
            var release = Release(member);
            member.Do(release with { How = ReviewEnd.Rejected });
            return member.Refused(release);
        },
        [(RejectionKind.OwnReview, "released by who sent it")] = () =>
        {
            var member = Flagged("anna");
            return member.Refused(Release(member));
        },
        [(RejectionKind.PointsOverflow, "beyond 10^15")] = () => Member.Refused(
            new MemberCommand.Adjust("points", new(Points.Limit), "", null)),
    };

    /// <summary>As many refunds as may wait do.</summary>
    private static Shopper Patient()
    {
        var shopper = new Shopper(Member.Programme);
        for (var i = 0; i < WaitingRefunds.Most; i++)
            shopper.Returns("beauty-hall", $"W{i}", 1);
        return shopper;
    }

    private static MemberCommand.Enrol Enrol => new(Shopper.Id, Member.Now, null, [], null);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Is_refused(RejectionKind kind, string name)
    {
        var rejection = Cases[(kind, name)]();

        Assert.Equal(kind, rejection.Kind);
        Assert.False(string.IsNullOrWhiteSpace(rejection.Detail));
    }

    [Fact]
    public void Every_kind_that_a_member_can_answer_has_a_case()
    {
        // That an identity is taken is answered where identities are claimed, before the member is asked.
        var all = Enum.GetValues<RejectionKind>().Except([RejectionKind.IdentityTaken]);
        Assert.Equal(all, Cases.Keys.Select(key => key.Kind).Distinct().Order());
    }

    [Fact]
    public void The_catalogue_lists_every_kind_in_order_under_its_own_code()
    {
        Assert.Equal(Enum.GetValues<RejectionKind>(), RejectionCatalog.All.Select(info => info.Kind));
        foreach (var info in RejectionCatalog.All)
            Assert.Equal(info.Code, string.Concat(info.Kind.ToString().Select(
                (letter, i) =>
                    i > 0 && char.IsUpper(letter) ? $"_{char.ToLowerInvariant(letter)}"
                    : $"{char.ToLowerInvariant(letter)}")));
    }

    [Fact]
    public void Every_warning_code_stands_in_the_catalogue() => Assert.Equal(
        typeof(WarningCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!)
            .Order(StringComparer.Ordinal),
        WarningCatalog.All.Select(info => info.Code).Order(StringComparer.Ordinal));

    [Fact]
    public void In_a_run_events_may_be_of_any_age()
    {
        var shopper = new Shopper(Member.Programme) { Run = true };

        Assert.IsType<Decision.Accepted>(shopper.Decide(Bought(1, "2019-01-01T12:00")));
    }

    [Fact]
    public void A_refund_asks_for_its_purchase_first()
    {
        var context = new DecideContext { Programme = Member.Programme, Now = Member.Now, Entry = 9 };
        var needs = Assert.IsType<Decision.Needs>(MemberDecider.Decide(Member.State, Back("R", 1), context));

        Assert.Equal(new Need.OfPurchase("beauty-hall", "R"), needs.Need);
    }

    private static MemberCommand.RecordEvent Bought(decimal paid, string? at = null) =>
        new(Member.Event(EventTypes.Purchase, Member.Bought("beauty-hall", paid), at));

    private static Shopper Claimed()
    {
        var shopper = new Shopper(
            new FakeProgramme { Claims = ClaimLimits.Default with { PerDay = 1 } }.Wallet("points").Build());
        shopper.Do(Bought(1) with { IsClaim = true });
        return shopper;
    }

    private static MemberCommand.RecordEvent Back(
        string receipt, decimal paid, string refund = "B2", int? line = null, decimal qty = 1) =>
        new(Member.Event(EventTypes.Refund, Member.Back(
            "beauty-hall", receipt, paid, refund, line is { } at ? [new RefundLine(at, qty, new(1))] : [])));

    private static MemberCommand.Spend Spend(string wallet, long amount) => new(wallet, new(amount), "gift");

    private static MemberCommand.SendPoints Send(string wallet, int points, MemberId? to = null) =>
        new("T", to ?? new MemberId(7), wallet, new(points), null);

    private static MemberCommand.HoldPoints Hold(string wallet, int points, int minutes = 15) =>
        new("H", wallet, new(points), Member.Now.AddMinutes(minutes), null);

    private static MemberCommand.OpenAccount Open(string wallet, long amount, string? tier) =>
        new(Enrol, [new(wallet, new(amount), null, null)], tier, null);

    private static MemberCommand.OpenAccount Bring(OpeningTag tag) =>
        new(Enrol, [], null, null) { Tags = [tag] };

    private static Rejection InARun(string at) =>
        new Shopper(Member.Programme) { Run = true }.Refused(Bought(1, at));

    private static Rejection KnownReceipt()
    {
        var context = new DecideContext
        {
            Programme = Member.Programme,
            Now = Member.Now,
            Entry = 9,
            Purchase = Member.History("beauty-hall", "R"),
        };
        var again = new MemberCommand.RecordEvent(
            Member.Event(EventTypes.Purchase, Member.Bought("beauty-hall", 100, "R")));
        return Assert.IsType<Decision.Rejected>(MemberDecider.Decide(Member.State, again, context)).Rejection;
    }

    private static Shopper Flagged(string? actor = null) => new Shopper(
        Examples.PointPerYuan().Guard("all", _ => true).Build())
    {
        Actor = actor,
    }.Buys("beauty-hall", 9, "R");

    private static MemberCommand.EndReview Release(Shopper member) =>
        new(member.State.Reviews!.Open[0].Id, ReviewEnd.Released, "ok");
}
