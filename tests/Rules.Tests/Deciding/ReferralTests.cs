using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using MallVip.Rules.Tests.Ledger;
using MallVip.Rules.Tests.Programmes;

namespace MallVip.Rules.Tests.Deciding;

/// <summary>A friend's first purchase, and what the two hear of it.</summary>
public class ReferralTests
{
    private const string Rules = """
        ruleset: t
        rules:
          friend: { on: referral.completed, when: event.paid >= 50, earn: { amount: 100 } }
          referrer:
            on: friend.purchased
            when: event.paid >= 50
            earn: { amount: 200 }
            limit: { every: month, times: 2 }
          third: { on: friend.purchased, when: event.friends == 3, tag: ambassador }
        """;

    private static readonly IdentityRef By = new("phone", "0123456789abcdef0123456789abcdef");
    private static readonly MemberId Other = new(7);

    [Fact]
    public void The_first_purchase_of_who_was_brought_rewards_once_and_owes_a_notice_at_once()
    {
        var friend = Brought().Buys("noodles", 80);
        Assert.Equal(100, Points(friend));
        Assert.Equal(friend.Now, MemberDecider.NextDue(friend.State, friend.Programme));

        Assert.Equal(100, Points(friend.Buys("noodles", 80)));
    }

    [Fact]
    public void Who_was_not_brought_or_had_bought_before_owes_nothing()
    {
        var late = New().Buys("noodles", 80).Sends(EventTypes.MemberUpdated, Referred()).Buys("noodles", 80);

        Assert.Null(late.State.Referral);
        Assert.Null(New().Buys("noodles", 80).State.Referral);
    }

    [Fact]
    public void A_first_purchase_at_which_no_rule_acts_does_not_count_and_neither_does_the_second()
    {
        var friend = Brought().Becomes(MemberStatus.Blacklisted).Buys("noodles", 80);
        friend.Becomes(MemberStatus.Active).Buys("noodles", 80);

        Assert.Null(friend.State.Referral);
    }

    [Fact]
    public void A_purchase_at_an_unknown_store_counts_when_the_store_is_declared()
    {
        var friend = Brought().Buys("new-store", 80);
        Assert.Null(friend.State.Referral);
        friend.Programme = Small.Programme(Rules, Small.Declarations.Replace(
            "  fresh:", "  new-store: { category: dining, mall: bay }\n  fresh:", StringComparison.Ordinal));

        friend.Do(new MemberCommand.SettleParked());
        Assert.Equal(("new-store", 100), (friend.State.Referral!.Store, Points(friend)));
    }

    [Fact]
    public void A_purchase_returned_wholly_before_the_notice_is_undone_and_the_next_one_is_the_first()
    {
        var friend = Brought("14d").Buys("noodles", 80, "A");
        Assert.Equal(friend.Now.AddDays(14), friend.State.Referral!.DriveAt);
        friend.Returns("noodles", "A", 30);
        Assert.Null(friend.State.Referral.Ended);
        friend.Returns("noodles", "A", 50);
        Assert.Equal(("returned", 0), (friend.State.Referral.Ended, Points(friend)));

        friend.Buys("noodles", 90, "B");
        Assert.Equal(
            (null, "B", 0), (friend.State.Referral.Ended, friend.State.Referral.Receipt, Points(friend)));
    }

    [Fact]
    public void A_return_after_the_notice_changes_nothing_for_the_referrer()
    {
        var friend = Brought().Buys("noodles", 80, "A");
        friend.Do(new MemberCommand.EndReferral(Shopper.Id, "told"));
        friend.Returns("noodles", "A", 80).Buys("noodles", 80);

        Assert.Equal("told", friend.State.Referral!.Ended);
        Assert.IsType<Decision.Unchanged>(friend.Do(new MemberCommand.EndReferral(Shopper.Id, "told")));
    }

    [Fact]
    public void What_was_told_while_the_purchase_came_back_is_told()
    {
        var friend = Brought().Buys("noodles", 80, "A").Returns("noodles", "A", 80);
        friend.Do(new MemberCommand.EndReferral(Shopper.Id, "told"));

        Assert.Equal("told", friend.Buys("noodles", 80).State.Referral!.Ended);
    }

    [Fact]
    public void The_referrer_is_rewarded_for_each_friend_within_the_limit()
    {
        var referrer = New();
        for (var friend = 1; friend <= 4; friend++)
            referrer.Do(new MemberCommand.RecordFriend(new((UInt128)friend), new(friend == 1 ? 10 : 60)));

        Assert.Equal((400, 4), (Points(referrer), referrer.State.Friends));
        Assert.Contains("ambassador", referrer.State.Tags.Select(tag => tag.Tag));
    }

    [Fact]
    public void Of_a_blacklisted_referrer_it_is_recorded_and_earns_nothing()
    {
        var referrer = New().Becomes(MemberStatus.Blacklisted);
        referrer.Do(new MemberCommand.RecordFriend(Other, new(60)));
        var closed = New().Becomes(MemberStatus.Closed);
        closed.Do(new MemberCommand.RecordFriend(Other, new(60)));

        Assert.Equal((0, 1, 1), (Points(referrer), referrer.State.Friends, closed.State.Friends));
    }

    [Fact]
    public void Who_is_not_there_yet_is_looked_for_ever_less_often_for_ninety_days()
    {
        var friend = Brought().Buys("noodles", 80);
        var looks = 0;
        while (friend.State.Referral is { Ended: null } owed)
        {
            friend.Wait($"{owed.DriveAt.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-ddTHH:mm:ss.fffffff}");
            friend.Do(new MemberCommand.MissReferrer(Shopper.Id));
            looks++;
        }

        Assert.Equal("unknown", friend.State.Referral!.Ended);
        Assert.InRange(looks, 15, 30);
        Assert.InRange(friend.Now, Shopper.At("2027-02-19T12:00"), Shopper.At("2027-02-27T12:00"));
    }

    [Fact]
    public void Two_who_become_one_go_on_with_what_is_owed_under_the_old_name_and_have_the_friends_of_both()
    {
        var friend = Brought().Buys("noodles", 80);
        friend.Do(new MemberCommand.RecordFriend(new(9), new(60)));
        var survivor = New();
        survivor.Do(new MemberCommand.RecordFriend(new(8), new(60)));
        survivor.Do(new MemberCommand.Absorb(
            "m", Other, friend.Journal.Count, friend.State with { Id = Other }));

        Assert.Equal((Shopper.Id, null), (survivor.State.Referral!.Friend, survivor.State.Referral.Ended));
        Assert.Equal((By, 2), (survivor.State.Referrer, survivor.State.Friends));
        Assert.IsType<Decision.Unchanged>(survivor.Do(new MemberCommand.EndReferral(Other, "told")));
        survivor.Do(new MemberCommand.EndReferral(Shopper.Id, "told"));
        Assert.Equal("told", survivor.State.Referral.Ended);
    }

    private static Shopper New(string wait = "0d") => new(Small.Programme(
        Rules, Small.Declarations + (wait == "0d" ? "" : $"\nreferrals: {{ wait: {wait} }}\n")));

    private static Shopper Brought(string wait = "0d") =>
        New(wait).Sends(EventTypes.MemberRegistered, Referred());

    private static MemberData Referred() => new(MemberState.Empty.Attributes) { Referrer = By };

    private static long Points(Shopper shopper) => shopper.State.FindWallet("points")?.Balance.Value ?? 0;
}
