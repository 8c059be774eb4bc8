using MallVip.Grains.Identities;
using MallVip.Grains.Journal;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using MallVip.Silo.Verify;

namespace MallVip.System.Tests.Engine;

/// <summary>What the auditor says of identities and members who do not agree.</summary>
public sealed class IdentityAuditTests
{
    private const string Handle = "00000000000000000000000000000007";
    private static readonly MemberId Member = new(1);
    private static readonly MemberId Other = new(2);
    private static readonly IdentityRef Phone = new("phone", Handle);
    private static readonly IdentityRef Plate = new("plate", Handle);
    private static readonly Pledge Open = new(EventKey.None, DateTimeOffset.UnixEpoch);

    [Fact]
    public void Who_holds_an_identity_and_has_it_is_no_problem() => Assert.Empty(Held().Problems);

    [Fact]
    public void Who_gave_it_up_and_still_holds_it_is_a_problem_unless_that_is_under_way()
    {
        var audit = Held();
        audit.VisitMember(Member.Value, [new Fact.IdentityReleased(Phone, "lost")]);
        Assert.Contains("does not have it", Assert.Single(audit.Problems), StringComparison.Ordinal);

        audit.Visit(7, [new IdentityFact.Claimed(Member) { Pledge = Open }]);
        Assert.Empty(audit.Problems);
        audit.Visit(7, [new IdentityFact.Released()]);
        Assert.Empty(audit.Problems);
    }

    [Fact]
    public void Who_has_what_is_free_or_anothers_is_a_problem()
    {
        var audit = Held();
        audit.Visit(7, [new IdentityFact.Released()]);
        Assert.Contains("does not hold it", Assert.Single(audit.Problems), StringComparison.Ordinal);

        audit.Visit(7, [new IdentityFact.Claimed(Other)]);
        Assert.Contains("does not hold it", Assert.Single(audit.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void What_came_with_a_merge_is_the_survivors_before_the_identity_has_moved_and_after()
    {
        var audit = Held();
        var other = MemberState.Empty with { Id = Member, Identities = [Phone] };
        audit.VisitMember(Other.Value, [new Fact.Absorbed("m", Member, 1, other)]);
        Assert.Empty(audit.Problems);

        audit.Visit(7, [new IdentityFact.Moved(Other)]);
        Assert.Empty(audit.Problems);
    }

    [Fact]
    public void A_claim_of_somebody_who_never_enrolled_is_no_problem()
    {
        var audit = new IdentityAudit();
        audit.Visit(7, [new IdentityFact.Claimed(Member)]);
        Assert.Empty(audit.Problems);
    }

    [Fact]
    public void Those_who_share_hold_it_each_and_who_gave_it_up_is_out_of_the_order()
    {
        var audit = Shared();
        Assert.Empty(audit.Problems);

        audit.VisitMember(Other.Value, [new Fact.IdentityReleased(Plate, "sold")]);
        Assert.Contains("does not have it", Assert.Single(audit.Problems), StringComparison.Ordinal);
        audit.Visit(7, [new IdentityFact.Claimed(Other) { Pledge = Open }, new IdentityFact.Released()]);
        Assert.Empty(audit.Problems);
        audit.VisitMember(Other.Value, [new Fact.IdentityLinked(Plate)]);
        Assert.Contains("does not hold it", Assert.Single(audit.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_names_those_who_hold_it_each_once()
    {
        var audit = Shared();
        audit.Visit(7, [new IdentityFact.Ordered([Other, Member], "asked for")]);
        Assert.Empty(audit.Problems);

        audit.Visit(7, [new IdentityFact.Ordered([Other, Other], "asked for")]);
        Assert.Contains(audit.Problems, problem => problem.Contains("its order", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_two_who_share_and_are_merged_the_place_is_one()
    {
        var audit = Shared();
        var other = MemberState.Empty with { Id = Member, Identities = [Plate] };
        audit.VisitMember(Other.Value, [new Fact.Absorbed("m", Member, 1, other)]);
        Assert.Empty(audit.Problems);

        audit.Visit(7, [new IdentityFact.Moved(Other) { From = Member }]);
        Assert.Empty(audit.Problems);
        audit.VisitMember(Other.Value, [new Fact.IdentityReleased(Plate, "sold")]);
        Assert.Single(audit.Problems);
    }

    [Fact]
    public void A_phone_of_two_and_a_plate_of_nine_are_problems()
    {
        var phone = Held();
        phone.Visit(7, [new IdentityFact.Claimed(Other)]);
        var plate = Shared();
        for (var i = 3u; i <= 9; i++)
            plate.Visit(7, [new IdentityFact.Claimed(new(i))]);

        Assert.Contains("2 members hold it, 1 may", Assert.Single(phone.Problems), StringComparison.Ordinal);
        Assert.Contains("9 members hold it, 8 may", Assert.Single(plate.Problems), StringComparison.Ordinal);
    }

    private static IdentityAudit Shared()
    {
        var audit = new IdentityAudit();
        foreach (var member in (MemberId[])[Member, Other])
        {
            audit.Visit(7, [new IdentityFact.Claimed(member)]);
            audit.VisitMember(
                member.Value, [new Fact.Enrolled(member, DateTimeOffset.UnixEpoch, null, [Plate], null)]);
        }

        return audit;
    }

    private static IdentityAudit Held()
    {
        var audit = new IdentityAudit();
        audit.Visit(7, [new IdentityFact.Claimed(Member)]);
        audit.VisitMember(
            Member.Value, [new Fact.Enrolled(Member, DateTimeOffset.UnixEpoch, null, [Phone], null)]);
        return audit;
    }
}
