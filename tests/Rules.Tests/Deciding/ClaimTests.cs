using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Journaling;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Deciding;

/// <summary>How many receipts a member may claim on one day.</summary>
public class ClaimTests
{
    private static readonly MemberId Old = MemberId.Parse("00000000-0000-0000-0000-000000000002");

    [Fact]
    public void What_goes_beyond_the_day_is_refused_until_midnight_of_the_mall_whenever_it_was_bought()
    {
        var shopper = new Shopper(Programme(2), "2026-11-21T23:59");
        Claims(shopper, "2026-11-19T12:00");
        Claims(shopper, "2026-11-20T12:00");

        var refused = shopper.Refused(Claim(shopper, "2026-11-18T12:00"));
        shopper.Wait("2026-11-21T23:59:59.9");
        Assert.Equal(RejectionKind.ClaimLimited, shopper.Refused(Claim(shopper, "2026-11-18T12:00")).Kind);
        shopper.Wait("2026-11-22T00:00");
        Claims(shopper, "2026-11-18T12:00");

        Assert.Equal(RejectionKind.ClaimLimited, refused.Kind);
        Assert.Contains("2026-11-22T00:00:00.0000000+08:00", $"{refused.Detail}", StringComparison.Ordinal);
        Assert.Equal(3, shopper.State.Purchases);
    }

    [Fact]
    public void The_day_is_the_home_malls()
    {
        var urumqi = TimeZoneInfo.CreateCustomTimeZone("west", TimeSpan.FromHours(6), null, null);
        var programme = Declared(1).Mall("west", urumqi, "noodles").Build();
        var shopper = new Shopper(programme, "2026-11-22T01:00", enrol: false);
        shopper.Do(new MemberCommand.Enrol(Shopper.Id, shopper.Now, "west", [], null));
        Claims(shopper, "2026-11-21T12:00");

        shopper.Wait("2026-11-22T01:59");
        Assert.Equal(RejectionKind.ClaimLimited, shopper.Refused(Claim(shopper)).Kind);
        shopper.Wait("2026-11-22T02:00");
        Claims(shopper, "2026-11-21T12:00");
    }

    [Fact]
    public void Purchases_do_not_count_a_return_gives_no_claim_back_and_without_a_limit_none_is_counted()
    {
        var limited = new Shopper(Programme(1)).Buys("beauty-hall", 10);
        Claims(limited, receipt: "R");
        limited.Returns("beauty-hall", "R", 10);
        var free = new Shopper(Programme(null));
        for (var i = 0; i < 5; i++)
            Claims(free);

        Assert.Equal(RejectionKind.ClaimLimited, limited.Refused(Claim(limited)).Kind);
        limited.Buys("beauty-hall", 10);
        Assert.Empty(free.State.Limits);
    }

    [Fact]
    public void The_claims_of_two_who_become_one_add_up()
    {
        var (old, member) = (new Shopper(Programme(2)), new Shopper(Programme(2)));
        Claims(old);
        Claims(member);

        member.Do(new MemberCommand.Absorb("m1", Old, old.Journal.Count, old.State with { Id = Old }));

        Assert.Equal(RejectionKind.ClaimLimited, member.Refused(Claim(member)).Kind);
    }

    [Fact]
    public void A_claim_is_written_and_read_as_one()
    {
        var shopper = new Shopper(Programme(1));
        Claims(shopper, receipt: "R");
        var written = JournalJson.Write(
            EntryBody.Of(shopper.Journal[^1].Command!, shopper.Last, shopper.State));

        var read = (MemberCommand.RecordEvent)JournalJson.ReadBody(written).Command;

        Assert.True(read.IsClaim);
        Assert.Equal("R", ((PurchaseData)read.Event.Data).Receipt);
    }

    private static FakeProgramme Declared(int? perDay) =>
        new FakeProgramme { Claims = ClaimLimits.Default with { PerDay = perDay } }
            .Mall("bay", FakeProgramme.Shanghai, "beauty-hall").Wallet("points")
            .Earn("base", context => Examples.Paid(context));

    private static Programme Programme(int? perDay) => Declared(perDay).Build();

    private static void Claims(Shopper shopper, string? at = null, string? receipt = null) =>
        Assert.IsType<Decision.Accepted>(shopper.Do(Claim(shopper, at, receipt)));

    private static MemberCommand.RecordEvent Claim(
        Shopper shopper, string? at = null, string? receipt = null) =>
        new(shopper.Event(EventTypes.Purchase, shopper.Bought("beauty-hall", 10, receipt), at))
        {
            IsClaim = true,
        };
}
