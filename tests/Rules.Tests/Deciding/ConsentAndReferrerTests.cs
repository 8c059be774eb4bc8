using System.Collections.Immutable;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Deciding;

/// <summary>What an event of the member says about consent and about who brought the member.</summary>
public class ConsentAndReferrerTests
{
    private static readonly IdentityRef Friend = new("phone", "0123456789abcdef0123456789abcdef");

    [Fact]
    public void A_members_word_is_kept_by_purpose_with_its_time()
    {
        var shopper = Says("2026-11-21T12:00", ("sms", true), ("e-mail", false));

        Assert.Equal(
            [new("e-mail", false, Shopper.At("2026-11-21T12:00")),
                new("sms", true, Shopper.At("2026-11-21T12:00"))],
            shopper.State.Consents.AsEnumerable());
    }

    [Fact]
    public void The_latest_word_counts_whatever_the_order_of_arrival()
    {
        var shopper = Says("2026-11-21T12:00", ("sms", true)).Wait("2026-11-21T13:00");
        Say(shopper, "2026-11-21T12:30", ("sms", true));
        Say(shopper, "2026-11-21T12:20", ("sms", false));

        Assert.Equal(
            new ConsentState("sms", true, Shopper.At("2026-11-21T12:30")),
            Assert.Single(shopper.State.Consents));
        Say(shopper, "2026-11-21T12:40", ("sms", false));
        Assert.False(Assert.Single(shopper.State.Consents).Granted);
    }

    [Fact]
    public void A_member_has_one_referrer_and_it_is_the_first()
    {
        var shopper = Plain().Sends(EventTypes.MemberRegistered, Brought(Friend));
        shopper.Sends(EventTypes.MemberUpdated, Brought(Friend));
        Assert.Empty(shopper.Warnings);
        shopper.Sends(EventTypes.MemberUpdated, Brought(new("card", "f0")));

        Assert.Equal(Friend, shopper.State.Referrer);
        Assert.Equal([WarningCodes.ReferrerIgnored], shopper.Warnings);
    }

    [Fact]
    public void Nobody_brings_themselves()
    {
        var shopper = Plain();
        shopper.Do(new MemberCommand.LinkIdentity(Friend));
        foreach (var self in (IdentityRef[])[Friend, new("member", $"{Shopper.Id.Value:x32}")])
        {
            shopper.Sends(EventTypes.MemberUpdated, Brought(self));
            Assert.Equal([WarningCodes.ReferrerIgnored], shopper.Warnings);
        }

        Assert.Null(shopper.State.Referrer);
    }

    [Fact]
    public void Consent_and_referrer_survive_journal_and_snapshot()
    {
        var shopper = Says("2026-11-21T12:00", ("sms", true));
        shopper.Sends(EventTypes.MemberUpdated, Brought(Friend));
        var read = shopper.Journal
            .Select(entry => EntryBody.Of(entry.Command!, entry.Facts, shopper.State))
            .Select(body => JournalJson.ReadBody(JournalJson.Write(body)).Facts)
            .Aggregate(MemberState.Empty, (state, facts) => MemberFold.Apply(state, facts, 1));
        var kept = MemberSnapshot.Read(MemberSnapshot.Schema, MemberSnapshot.Write(shopper.State))!;

        foreach (var state in (MemberState[])[read, kept])
        {
            Assert.Equal(shopper.State.Consents.AsEnumerable(), state.Consents.AsEnumerable());
            Assert.Equal(Friend, state.Referrer);
        }
    }

    private static Shopper Plain() => new(Examples.Plain().Build());

    private static Shopper Says(string at, params (string Purpose, bool Granted)[] words) =>
        Say(Plain(), at, words);

    private static Shopper Say(Shopper shopper, string at, params (string Purpose, bool Granted)[] words) =>
        shopper.Sends(EventTypes.MemberUpdated, new MemberData(MemberState.Empty.Attributes)
        {
            Consent = words.ToImmutableSortedDictionary(
                word => word.Purpose, word => word.Granted, StringComparer.Ordinal),
        }, at);

    private static MemberData Brought(IdentityRef by) =>
        new(MemberState.Empty.Attributes) { Referrer = by };
}
