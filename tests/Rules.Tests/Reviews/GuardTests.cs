using MallVip.Rules.Audit;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.Rules.Reviews;
using MallVip.Rules.Tests.Ledger;
using MallVip.Rules.Tests.Programmes;

namespace MallVip.Rules.Tests.Reviews;

/// <summary>Guards put what an event earns under review, and an operator says what becomes of it.</summary>
public class GuardTests
{
    private static readonly MemberId Old = MemberId.Parse("00000000-0000-0000-0000-000000000002");

    [Fact]
    public void Points_of_a_flagged_purchase_wait_and_cannot_be_spent()
    {
        var shopper = new Shopper(Guarded()).Buys("beauty-hall", 100, "A").Buys("beauty-hall", 5_000, "B");

        Assert.Equal(
            """
            lot 1 points 107/107
            lot 2 points 5000/5000 unconfirmed
            """,
            LedgerText.Lots(shopper));
        var review = Assert.Single(shopper.State.Reviews!.Open);
        Assert.Equal(
            ("points/large", "large!", "B", "beauty-hall", 1),
            (review.Causes.Single().Rule.Rule, review.Causes[0].Reason, review.Receipt,
                review.Store, review.Lines.Length));
        Assert.Equal(RejectionKind.InsufficientPoints, shopper.Refused(Spend(108)).Kind);
        Assert.Equal(RejectionKind.InsufficientPoints, shopper.Refused(Adjust(-108)).Kind);
        shopper.Wait("2027-11-01T12:00").Fires();
        Assert.Equal(RejectionKind.InsufficientPoints, shopper.Refused(Spend(108)).Kind);
    }

    [Fact]
    public void The_answer_names_the_review_and_an_alert_does_but_neither_says_why()
    {
        var shopper = new Shopper(Guarded()).Buys("beauty-hall", 5_000, "B");

        var outcome = Outcome.From(Body(shopper));
        var review = Assert.Single(shopper.State.Reviews!.Open).Id;
        Assert.Equal(12, review.Length);
        Assert.Equal(review, outcome.Review);
        Assert.True(outcome.Lines is [{ Unconfirmed: true, ActivatesAt: null }, _]);
        var alert = Assert.Single(outcome.Effects);
        Assert.Equal(
            (EffectKind.Alert, "review", null, new FieldValue.Text(review)),
            (alert.Kind, alert.Target, alert.Rule, Assert.Single(alert.Data!).Value));
        Assert.Null(Outcome.From(Body(shopper.Buys("beauty-hall", 1, "C"))).Review);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(40)]
    public void Released_points_are_as_if_they_had_never_been_held(int days)
    {
        foreach (var (wait, pending) in new[]
        {
            (PendingUntil.Days, 0), (PendingUntil.Days, 14), (PendingUntil.Confirmed, 14),
        })
        {
            Func<Wallet, Wallet> policies = wallet => wallet with
            {
                Pending = wait,
                PendingDays = pending,
                Expiry = new ExpiryPolicy.AfterDays(30),
                Windows = true,
                Floor = new(-50),
            };
            var held = Play(new Shopper(Guarded(policies)).Spends(20), release: true, days);
            var free = Play(new Shopper(Guarded(policies, limit: 1_000_000)).Spends(20), false, days);

            Assert.Equal(LedgerText.Wallet(free), LedgerText.Wallet(held));
            Assert.Equal(Sums(free), Sums(held));
            Assert.Equal(free.State.Tier, held.State.Tier);
            Assert.Equal(free.State.Tags.Select(tag => tag.Tag), held.State.Tags.Select(tag => tag.Tag));
            Assert.Equal(free.State.Gains.Packed.ToArray(), held.State.Gains.Packed.ToArray());
            Assert.Equal(string.Join(';', free.State.Limits), string.Join(';', held.State.Limits));
            Assert.Empty(held.State.Reviews!.Open);
        }
    }

    [Fact]
    public void A_rejection_takes_the_points_back_with_what_they_used_of_limits_and_windows()
    {
        var shopper = new Shopper(Guarded(wallet => wallet with
        {
            Windows = true,
            Cap = new(LimitWindow.Month, 6_000),
        })).Buys("beauty-hall", 5_000, "B");
        shopper.Actor = "anna";
        shopper.Do(End(shopper, ReviewEnd.Rejected));

        Assert.Equal(
            "balance 0 pending 0 earned 5007 reversed 5007 spent 0 expired 0 adjusted 0",
            LedgerText.Wallet(shopper));
        Assert.Equal(0, shopper.State.Gains.Spent(new(2026, 1, 1), new(2026, 12, 31), "points"));
        Assert.DoesNotContain(shopper.State.Limits, use => use.Amount > Points.Zero || use.Times > 0);
        var ended = shopper.Last.OfType<Fact.ReviewEnded>().Single();
        Assert.Equal(
            (ReviewEnd.Rejected, "looked at it", "anna", "B"),
            (ended.How, ended.Reason, ended.By, ended.Receipt));
        Assert.Equal(1, shopper.State.Purchases);
        // The bonus, once a day, is free again, and so is the wallet's cap.
        Assert.Equal(
            "points/base 100\npoints/bonus 7\n= 107", LedgerText.Earned(shopper.Buys("beauty-hall", 100)));
    }

    [Fact]
    public void A_review_ends_once_and_the_same_word_again_changes_nothing()
    {
        var shopper = new Shopper(Guarded()).Buys("beauty-hall", 5_000, "B");
        Assert.Equal(RejectionKind.UnknownReview, shopper.Refused(
            new MemberCommand.EndReview("x", ReviewEnd.Released, "looked at it")).Kind);
        var release = End(shopper, ReviewEnd.Released);
        shopper.Do(release);

        Assert.IsType<Decision.Unchanged>(shopper.Decide(release));
        Assert.Equal(
            RejectionKind.ReviewEnded, shopper.Refused(release with { How = ReviewEnd.Rejected }).Kind);
        shopper.Spends(5_007);
    }

    [Fact]
    public void Nobody_ends_the_review_of_an_event_a_sale_or_an_account_of_their_own()
    {
        var shopper = new Shopper(Guarded()) { Actor = "anna" };
        shopper.Sends(EventTypes.Purchase, shopper.Bought("beauty-hall", 5_000, "B") with { Cashier = "bo" });

        Assert.Equal(RejectionKind.OwnReview, shopper.Refused(End(shopper, ReviewEnd.Released)).Kind);
        shopper.Actor = "bo";
        Assert.Equal(RejectionKind.OwnReview, shopper.Refused(End(shopper, ReviewEnd.Rejected)).Kind);
        shopper.Actor = "carl";
        shopper.Do(End(shopper, ReviewEnd.Released));

        var staff = new Shopper(Guarded(), enrol: false);
        staff.Do(new MemberCommand.Enrol(Shopper.Id, staff.Now, null, [], Works("dora")));
        staff.Buys("beauty-hall", 5_000, "B").Actor = "dora";
        Assert.Equal(RejectionKind.OwnReview, staff.Refused(End(staff, ReviewEnd.Released)).Kind);
    }

    [Fact]
    public void A_return_under_review_takes_of_the_held_points_and_the_rest_is_released_or_rejected()
    {
        var shopper = new Shopper(Guarded()).Buys("beauty-hall", 5_000, "B")
            .Returns("beauty-hall", "B", 2_000);
        Assert.Equal("balance 0 pending 3004 earned 5007 reversed 2003 spent 0 expired 0 adjusted 0",
            LedgerText.Wallet(shopper));

        shopper.Do(End(shopper, ReviewEnd.Released));
        Assert.Equal(3_004, shopper.State.FindWallet("points")!.Balance.Value);
        shopper.Returns("beauty-hall", "B", 3_000);
        Assert.Equal("balance 0 pending 0 earned 5007 reversed 5007 spent 0 expired 0 adjusted 0",
            LedgerText.Wallet(shopper));
    }

    [Fact]
    public void A_return_of_a_rejected_purchase_takes_nothing_a_second_time()
    {
        var shopper = new Shopper(Guarded()).Buys("beauty-hall", 900, "A").Buys("beauty-hall", 5_000, "B");
        shopper.Do(End(shopper, ReviewEnd.Rejected));
        shopper.Returns("beauty-hall", "B", 5_000);

        Assert.Equal(907, shopper.State.FindWallet("points")!.Balance.Value);
        Assert.DoesNotContain(shopper.Last, fact => fact is Fact.Reversed { Amount.Value: > 0 });
    }

    [Fact]
    public void A_refund_that_waited_takes_of_the_held_points_in_the_very_entry()
    {
        var shopper = new Shopper(Guarded()).Returns("beauty-hall", "B", 5_000)
            .Buys("beauty-hall", 5_000, "B");

        Assert.Equal(0, shopper.State.FindWallet("points")!.Pending.Value);
        shopper.Do(End(shopper, ReviewEnd.Released));
        Assert.Equal(0, shopper.State.FindWallet("points")!.Balance.Value);
    }

    [Fact]
    public void A_receipt_may_be_confirmed_while_it_is_under_review()
    {
        Func<Wallet, Wallet> policies = wallet => wallet with
        {
            Pending = PendingUntil.Confirmed,
            PendingDays = 5,
        };
        var shopper = new Shopper(Guarded(policies)).Buys("beauty-hall", 5_000, "B").Confirms("B");
        Assert.Equal(0, shopper.State.FindWallet("points")!.Balance.Value);
        Assert.Equal(
            RejectionKind.NoSuchPoints,
            shopper.Refused(new MemberCommand.ConfirmPurchase("beauty-hall", "B", null)).Kind);

        shopper.Wait("2026-12-20T12:00").Do(End(shopper, ReviewEnd.Released));
        Assert.Equal(5_007, shopper.State.FindWallet("points")!.Balance.Value);
    }

    [Fact]
    public void An_unconfirmed_receipt_that_is_released_waits_on_or_lapses_as_it_would_have()
    {
        Func<Wallet, Wallet> policies = wallet => wallet with
        {
            Pending = PendingUntil.Confirmed,
            PendingDays = 5,
        };
        var shopper = new Shopper(Guarded(policies)).Buys("beauty-hall", 5_000, "B");
        shopper.Do(End(shopper, ReviewEnd.Released));
        Assert.Equal(0, shopper.State.FindWallet("points")!.Balance.Value);
        shopper.Confirms("B").Spends(5_007);

        var late = new Shopper(Guarded(policies)).Buys("beauty-hall", 5_000, "B").Wait("2026-12-20T12:00");
        late.Do(End(late, ReviewEnd.Released));
        Assert.Equal(5_007, late.State.FindWallet("points")!.Expired.Value);
    }

    [Fact]
    public void Released_points_pay_off_a_debt_first()
    {
        var shopper = new Shopper(Guarded(wallet => wallet with { Floor = new(-50) })).Spends(20)
            .Buys("beauty-hall", 5_000, "B");
        Assert.Equal(-20, shopper.State.FindWallet("points")!.Balance.Value);

        shopper.Do(End(shopper, ReviewEnd.Released));
        Assert.Equal("lot 1 active 5000 pays off 20\nlot 2 active 7", LedgerText.Last(shopper));
    }

    [Fact]
    public void An_open_review_goes_along_with_a_merge_under_its_name()
    {
        var old = new Shopper(Guarded()).Buys("beauty-hall", 5_000, "S");
        var member = new Shopper(Guarded()).Buys("beauty-hall", 7, "T").Buys("beauty-hall", 2_000, "U");
        var own = member.State.Reviews!.Open[0].Id;
        member.Do(new MemberCommand.Absorb("m", Old, old.Journal.Count, old.State));

        Assert.Equal(
            [own, old.State.Reviews!.Open[0].Id], member.State.Reviews!.Open.Select(review => review.Id));
        member.Do(End(member, ReviewEnd.Rejected, 1));
        Assert.Equal((14, 2_000), Sums(member));
        member.Do(End(member, ReviewEnd.Released));
        Assert.Equal((2_014, 0), Sums(member));
    }

    [Fact]
    public void Points_held_for_a_member_who_has_left_are_taken_back_or_wait_but_are_not_paid_out()
    {
        var shopper = new Shopper(Guarded()).Buys("beauty-hall", 5_000, "B").Buys("beauty-hall", 2_000, "C")
            .Becomes(MemberStatus.Closed);
        shopper.Actor = "anna";
        var (release, reject) = (End(shopper, ReviewEnd.Released), End(shopper, ReviewEnd.Rejected));

        var refused = shopper.Refused(release);
        Assert.Equal(
            (RejectionKind.MemberBlocked, "The member is closed: its reviews can only be rejected."),
            (refused.Kind, refused.Detail.ToString()));
        Assert.Equal((0, 7_007), Sums(shopper));
        shopper.Do(reject);
        Assert.Equal((0, 2_000), Sums(shopper));
        Assert.DoesNotContain(shopper.State.Limits, use => use.Times > 0);
        Assert.IsType<Decision.Unchanged>(shopper.Decide(reject));
        Assert.Equal(RejectionKind.ReviewEnded, shopper.Refused(release).Kind);

        // Who comes back can have what is still held.
        shopper.Becomes(MemberStatus.Active).Do(End(shopper, ReviewEnd.Released));
        Assert.Equal((2_000, 0), Sums(shopper));
        Assert.Empty(shopper.Auditor.Problems);
    }

    [Fact]
    public void A_guard_on_what_follows_holds_what_was_earned_before_it()
    {
        var shopper = new Shopper(Small.Programme("""
            ruleset: t
            rules:
              base:
                on: mall.purchase
                earn: { amount: event.paid }
              many:
                on: points.earned
                when: event.points > 1000
                review: More than 1,000 at once
            """)).Buys("beauty-hall", 5_000, "B").Buys("beauty-hall", 10, "C");

        Assert.Equal((10, 5_000), Sums(shopper));
        Assert.Equal("B", Assert.Single(shopper.State.Reviews!.Open).Receipt);
    }

    [Fact]
    public void A_guard_may_be_limited_and_may_hold_nothing()
    {
        var shopper = new Shopper(Small.Programme("""
            ruleset: t
            rules:
              back:
                on: mall.refund
                review: Brought back
                limit: { every: day, times: 1 }
            """)).Buys("beauty-hall", 10, "A").Returns("beauty-hall", "A", 1).Returns("beauty-hall", "A", 1);

        Assert.Empty(Assert.Single(shopper.State.Reviews!.Open).Lines);
        var rejection = End(shopper, ReviewEnd.Rejected);
        shopper.Do(rejection);
        Assert.Equal(ReviewEnd.Rejected, shopper.State.Reviews!.EndOf(rejection.Review));
    }

    [Fact]
    public void Reviews_are_read_back_from_a_snapshot()
    {
        var shopper = new Shopper(Guarded()).Buys("beauty-hall", 5_000, "B").Buys("beauty-hall", 3_000, "C");
        var release = End(shopper, ReviewEnd.Released);
        shopper.Do(release);

        var read = MemberSnapshot.Read(MemberSnapshot.Schema, MemberSnapshot.Write(shopper.State))!;
        Assert.Equal(JournalJson.Write(shopper.State), JournalJson.Write(read));
        Assert.Equal(
            (shopper.State.Reviews!.Open[0].Lines[0], ReviewEnd.Released),
            (read.Reviews!.Open[0].Lines[0], read.Reviews.EndOf(release.Review)!.Value));
    }

    [Fact]
    public void The_auditor_sees_points_that_become_active_under_review()
    {
        var shopper = new Shopper(Guarded()).Buys("beauty-hall", 5_000, "B");
        shopper.Auditor.Add(99, EntryBody.Of(
            new MemberCommand.FireDue(),
            [new Fact.Activated(1, "points", new(5_000), default)],
            shopper.State));
        Assert.Contains(shopper.Auditor.Problems, problem => problem.Code == "review");
    }

    private static Programme Guarded(Func<Wallet, Wallet>? policies = null, decimal limit = 1_000) =>
        Examples.PointPerYuan(policies)
            .Earn("bonus", _ => 7, rule => rule with { Limit = new(LimitWindow.Day, 1, null) })
            .Tier("gold", context => context.Member.Days.Spent(new(2026, 1, 1), new(2026, 12, 31)) > 4_000)
            .Tag("big", "big", null, context => Examples.Paid(context) > 2_000, EventTypes.Purchase)
            .Guard("large", context => Examples.Paid(context) > limit).Build();

    private static Shopper Play(Shopper shopper, bool release, int days)
    {
        shopper.Buys("beauty-hall", 5_000, "B").Buys("beauty-hall", 30, "C");
        shopper.Wait($"{new DateTime(2026, 11, 21, 13, 0, 0).AddDays(days):yyyy-MM-ddTHH:mm}");
        if (release)
            shopper.Do(End(shopper, ReviewEnd.Released));
        shopper.Buys("beauty-hall", 3, "D");
        return shopper.Fires();
    }

    private static (long Balance, long Pending) Sums(Shopper shopper)
    {
        var wallet = shopper.State.FindWallet("points")!;
        return (wallet.Balance.Value, wallet.Pending.Value);
    }

    private static EntryBody Body(Shopper shopper) =>
        EntryBody.Of(shopper.Journal[^1].Command!, shopper.Last, shopper.State);

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, FieldValue> Works(
        string key) => MemberState.Empty.Attributes.Add("operator", new FieldValue.Text(key));

    private static MemberCommand.EndReview End(Shopper shopper, ReviewEnd how, int at = 0) =>
        new(shopper.State.Reviews!.Open[at].Id, how, "looked at it");

    private static MemberCommand.Spend Spend(int points) => new("points", new(points), "gift");

    private static MemberCommand.Adjust Adjust(int points) => new("points", new(points), "wrong", null);
}
