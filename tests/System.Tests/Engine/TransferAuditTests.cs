using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;
using MallVip.Silo.Verify;

namespace MallVip.System.Tests.Engine;

/// <summary>What the auditor says of transfers whose ends do not agree, and that it forgets those that
/// do.</summary>
public sealed class TransferAuditTests
{
    private static readonly MemberId Giver = new(1);
    private static readonly MemberId Friend = new(2);

    [Fact]
    public void What_arrived_and_has_ended_is_forgotten()
    {
        var audit = Sent();
        audit.Visit(Friend.Value, [Moved(40)]);
        audit.Visit(Giver.Value, [new Fact.TransferEnded("t", null)]);

        Assert.Equal((0, 0), (audit.Open, audit.Problems.Count()));
    }

    [Fact]
    public void What_came_back_lot_by_lot_is_forgotten()
    {
        var audit = Sent();
        audit.Visit(Giver.Value, [new Fact.TransferEnded("t", "no"), Moved(30), Moved(10)]);

        Assert.Equal((0, 0), (audit.Open, audit.Problems.Count()));
    }

    [Fact]
    public void What_is_on_its_way_is_no_problem()
    {
        var audit = Sent();

        Assert.Equal((1, 0), (audit.Open, audit.Problems.Count()));
    }

    [Fact]
    public void What_arrived_and_came_back_as_well_is_a_problem()
    {
        var audit = Sent();
        audit.Visit(Friend.Value, [Moved(40)]);
        audit.Visit(Giver.Value, [new Fact.TransferEnded("t", "no"), Moved(40)]);

        Assert.Contains("40 left, 40 arrived, 40 came back", Assert.Single(audit.Problems),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_ended_and_arrived_nowhere_is_a_problem()
    {
        var audit = Sent();
        audit.Visit(Giver.Value, [new Fact.TransferEnded("t", null)]);

        Assert.Single(audit.Problems);
    }

    [Fact]
    public void What_arrived_twice_is_a_problem_even_after_it_was_forgotten()
    {
        var audit = Sent();
        audit.Visit(Friend.Value, [Moved(40)]);
        audit.Visit(Giver.Value, [new Fact.TransferEnded("t", null)]);
        audit.Visit(Friend.Value, [Moved(40)]);

        Assert.Single(audit.Problems);
    }

    private static TransferAudit Sent()
    {
        var audit = new TransferAudit();
        audit.Visit(Giver.Value, [Moved(-40)]);
        return audit;
    }

    private static Fact.Transferred Moved(int points) =>
        new("t", Friend, "points", new(points), null, default, null, [], null);
}
