using System.Collections.Immutable;
using MallVip.Grains.Journal;
using MallVip.Grains.Stock;
using MallVip.Rules.Commands;
using MallVip.Rules.Coupons;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Engine;

/// <summary>What the auditor says of stocks that count otherwise than their entries and members.</summary>
public sealed class StockAuditTests
{
    private const string Flash = "coupon:flash";
    private static readonly DateTimeOffset At = new(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 11, 21);

    private readonly StockAudit _audit = new();
    private long _seq;

    [Fact]
    public void A_stock_whose_pieces_go_to_members_and_come_back_is_no_problem()
    {
        Stock(Reserved("a"), Reserved("b"), new StockFact.Waits(Order("c")));
        Member(Granted("a", "flash"), Granted("b", "flash"));
        Stock(new StockFact.Taken("a"));
        Member(new Fact.CouponEnded(1, "flash", "void", 0, "wrong") { Piece = "a" });
        Stock(new StockFact.GaveBack("a"), new StockFact.Offered("c", Day.AddDays(1), At));

        Assert.Empty(_audit.Problems);
    }

    [Fact]
    public void A_piece_of_which_the_member_was_given_something_else_is_a_problem()
    {
        Stock(Reserved("a"));
        Member(Granted("a", "other"));
        Stock(new StockFact.Taken("a"));

        Assert.Equal(
            [
                "stock_members: members have 0 of coupon:flash, which counts 1 that they have.",
                "stock_members: members have 1 of coupon:other, which counts 0 that they have.",
            ],
            _audit.Problems);
    }

    [Fact]
    public void A_step_that_cannot_follow_is_one_problem_and_nothing_is_counted_behind_it()
    {
        Stock(new StockFact.Offered("a", Day, At));
        Member(Granted("a", "flash"));
        Stock(new StockFact.Taken("a"));

        Assert.EndsWith(
            "1: stock_step: it cannot follow what coupon:flash has recorded before.",
            Assert.Single(_audit.Problems), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("waits twice")]
    [InlineData("confirmed unreserved")]
    [InlineData("reserved in the line")]
    public void No_piece_is_at_two_places(string wrong)
    {
        Stock(new StockFact.Waits(Order("a")));
        Stock(wrong switch
        {
            "waits twice" => new StockFact.Waits(Order("a")),
            "confirmed unreserved" => new StockFact.Confirmed("b", At),
            _ => Reserved("a"),
        });

        Assert.Contains("stock_step", Assert.Single(_audit.Problems), StringComparison.Ordinal);
    }

    private void Stock(params ImmutableArray<StockFact> facts) => _audit.Visit(
        Entry(GrainKind.Stock, new StockEntryBody(1, Flash, facts).ToJson()));

    private void Member(params Fact[] facts) => _audit.VisitMember(Entry(GrainKind.Member, []), facts);

    private static StockFact.Reserved Reserved(string piece) => new(Order(piece), Day, At);

    private static StockOrder Order(string piece) => new()
    {
        Piece = piece,
        Member = new MemberId(7),
        Command = new MemberCommand.GrantCoupon("flash", CouponCause.Claim, null) { Piece = piece },
        Actor = "test",
        Key = EventKey.Of("test", "", piece),
    };

    private static Fact.CouponGranted Granted(string piece, string template) =>
        new(1, template, At, At.AddDays(5), 1, CouponCause.Claim, null) { Piece = piece };

    private JournalEntry Entry(GrainKind kind, byte[] body) => new()
    {
        Pos = ++_seq,
        PrevPos = 0,
        Writer = 1,
        Batch = 1,
        Grain = new(kind, 1),
        Seq = _seq,
        At = At,
        Kind = "test",
        PrevHash = default,
        Hash = default,
        Body = body,
    };
}
