using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Identities;

/// <summary>What a member says of its own identities.</summary>
public sealed class HeldIdentityTests
{
    private static readonly IdentityRef Phone = new("phone", "0123456789abcdef0123456789abcdef");
    private static readonly IdentityRef Card = new("card", "1123456789abcdef0123456789abcdef");
    private static readonly IdentityProof Sms = new("till-7", "sms");
    private static readonly IdentityProof Desk = new("desk-1", "desk");

    [Fact]
    public void A_check_names_when_by_whom_and_how_and_the_newest_stands()
    {
        var shopper = Member(Phone, Card);
        shopper.Do(new MemberCommand.VerifyIdentity(Phone, Sms));
        shopper.Do(new MemberCommand.LinkIdentity(Card) { Proof = Desk });
        shopper.Wait("2026-12-01T12:00");
        shopper.Do(new MemberCommand.VerifyIdentity(Phone, Desk));

        Assert.Equal(
            [
                new(Card.Handle, Shopper.At("2026-11-21T12:00"), "desk-1", "desk"),
                new(Phone.Handle, Shopper.At("2026-12-01T12:00"), "desk-1", "desk"),
            ],
            shopper.State.Verified.ToArray());
        Assert.Equal(2, shopper.State.Identities.Length);
    }

    [Fact]
    public void A_release_takes_identity_and_check()
    {
        var shopper = Member(Phone, Card);
        shopper.Do(new MemberCommand.VerifyIdentity(Phone, Sms));

        shopper.Do(new MemberCommand.ReleaseIdentity(Phone, "lost", EvenLast: false));

        Assert.Equal([Card], shopper.State.Identities.ToArray());
        Assert.Empty(shopper.State.Verified);
    }

    [Fact]
    public void The_last_identity_goes_only_where_that_is_said_and_a_strange_one_never()
    {
        var shopper = Member(Phone);

        Assert.Equal(RejectionKind.LastIdentity, shopper.Refused(
            new MemberCommand.ReleaseIdentity(Phone, "lost", EvenLast: false)).Kind);
        Assert.Equal(RejectionKind.IdentityNotHeld, shopper.Refused(
            new MemberCommand.ReleaseIdentity(Card, "lost", EvenLast: true)).Kind);
        Assert.Equal(RejectionKind.IdentityNotHeld, shopper.Refused(
            new MemberCommand.VerifyIdentity(Card, Sms)).Kind);
        shopper.Do(new MemberCommand.ReleaseIdentity(Phone, "lost", EvenLast: true));
        Assert.Empty(shopper.State.Identities);
    }

    [Fact]
    public void In_a_merge_each_identity_keeps_its_check()
    {
        var (old, member) = (Member(Phone), Member(Card));
        old.Do(new MemberCommand.VerifyIdentity(Phone, Sms));
        member.Do(new MemberCommand.VerifyIdentity(Card, Desk));

        member.Do(new MemberCommand.Absorb("m", new MemberId(7), 3, old.State with { Id = new MemberId(7) }));

        Assert.Equal(["desk", "sms"], member.State.Verified.Select(verified => verified.How));
        Assert.Equal(2, member.State.Identities.Length);
    }

    [Fact]
    public void A_check_survives_a_snapshot()
    {
        var shopper = Member(Phone);
        shopper.Do(new MemberCommand.VerifyIdentity(Phone, Sms));

        var back = MemberSnapshot.Read(MemberSnapshot.Schema, MemberSnapshot.Write(shopper.State))!;

        Assert.Equal(shopper.State.Verified.ToArray(), back.Verified.ToArray());
    }

    private static Shopper Member(params IdentityRef[] identities)
    {
        var shopper = new Shopper(Examples.GoldBeauty().Build());
        foreach (var identity in identities)
            shopper.Has(identity);
        return shopper;
    }
}
