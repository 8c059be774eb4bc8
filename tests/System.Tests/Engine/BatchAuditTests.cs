using System.Collections.Immutable;
using System.Globalization;
using MallVip.Grains.Batches;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;
using MallVip.Silo.Verify;

namespace MallVip.System.Tests.Engine;

/// <summary>What the auditor says of lists that disagree with their members' entries.</summary>
public sealed class BatchAuditTests
{
    private static readonly UInt128 List = 7;
    private static readonly string Id = List.ToString("x32", CultureInfo.InvariantCulture);

    private static readonly ImmutableArray<BatchRow> Rows =
    [
        .. Enumerable.Range(2, 3).Select(line => new BatchRow(
            line, new MemberId(1), BatchAction.Adjust, "points", 10, null)),
    ];

    [Fact]
    public void What_agrees_is_no_problem()
    {
        var audit = Approved();
        Do(audit, undoing: false, 10, 10, 10);
        audit.Visit(List, [new BatchFact.Advanced(3, [])]);
        Assert.Empty(audit.Problems);

        audit.Visit(List, [new BatchFact.UndoStarted("ann", "a mistake")]);
        Do(audit, undoing: true, -10, -10, -10);
        audit.Visit(List, [new BatchFact.Advanced(3, [])]);
        Assert.Empty(audit.Problems);
    }

    [Fact]
    public void A_page_that_is_done_but_not_noted_yet_is_no_problem_while_the_list_is_under_way()
    {
        var audit = Approved();
        Do(audit, undoing: false, 10, 10);
        Assert.Empty(audit.Problems);

        audit.Visit(List, [new BatchFact.Cancelled("ann")]);
        Assert.Contains(
            "done: 0 rows with 0 points", Assert.Single(audit.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3 rows with 30 points, 20 with members, 1 missing", 10, 10)]
    [InlineData("3 rows with 30 points, 29 with members, 0 missing", 10, 10, 9)]
    public void Rows_that_are_missing_or_have_moved_other_points_are_problems(
        string said, params int[] points)
    {
        var audit = Approved();
        Do(audit, undoing: false, points);
        audit.Visit(List, [new BatchFact.Advanced(3, [])]);

        Assert.Contains(said, Assert.Single(audit.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_counts_as_refused_has_changed_nothing()
    {
        var audit = Approved();
        Do(audit, undoing: false, 10, 10, 10);
        audit.Visit(List, [new BatchFact.Advanced(3, [new(4, "unchanged", "")])]);

        Assert.Contains("1 more", Assert.Single(audit.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_taken_back_from_the_last_row_on_is_compared_with_those_rows()
    {
        var audit = Approved();
        Do(audit, undoing: false, 10, 10, 10);
        audit.Visit(
            List, [new BatchFact.Advanced(3, []), new BatchFact.UndoStarted("ann", "a mistake")]);
        audit.VisitMember(Rows[2].KeyIn(Id, undoing: true), [Moved(-10)]);
        audit.Visit(List, [new BatchFact.Advanced(1, [])]);
        Assert.Empty(audit.Problems);

        audit.Visit(List, [new BatchFact.Advanced(2, [new(3, "points_gone", "")])]);
        Assert.Contains(
            "taken back: 2 rows with -20 points, -10 with members, 1 missing", Assert.Single(audit.Problems),
            StringComparison.Ordinal);
    }

    private static BatchAudit Approved()
    {
        var audit = new BatchAudit();
        audit.Visit(
            List,
            [
                new BatchFact.Listed(0, 1, Rows, []),
                new BatchFact.Opened("ann", "sorry", default, DateTimeOffset.MaxValue, 3, false, 1),
                new BatchFact.Approved("ann"),
            ]);
        return audit;
    }

    private static void Do(BatchAudit audit, bool undoing, params int[] points)
    {
        for (var i = 0; i < points.Length; i++)
            audit.VisitMember(Rows[i].KeyIn(Id, undoing), [Moved(points[i])]);
    }

    private static Fact.Adjusted Moved(int points) =>
        new("points", new Points(points), null, Points.Zero, null, [], "sorry");
}
