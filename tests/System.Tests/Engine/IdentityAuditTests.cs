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

    private static IdentityAudit Held()
    {
        var audit = new IdentityAudit();
        audit.Visit(7, [new IdentityFact.Claimed(Member)]);
        audit.VisitMember(
            Member.Value, [new Fact.Enrolled(Member, DateTimeOffset.UnixEpoch, null, [Phone], null)]);
        return audit;
    }
}
