using MallVip.Rules.Coupons;
using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Facts;

/// <summary>Facts about coupons. None is a line of the ledger.</summary>
public abstract partial record Fact
{
    /// <summary>The member has a new coupon; it has the book's next number.</summary>
    /// <param name="From">The first instant at which it is taken, rounded up to the minute.</param>
    /// <param name="Until">The first instant at which it is not any more, rounded up to the minute.</param>
    /// <param name="Uses">How often it may be redeemed.</param>
    public sealed record CouponGranted(
        [property: Name("n")] int Number,
        [property: Name("k")] string Template,
        [property: Name("x0")] DateTimeOffset From,
        [property: Name("x")] DateTimeOffset Until,
        [property: Name("u")] int Uses,
        [property: Name("by")] CouponCause Cause,
        [property: Name("y")] RuleRef? Why) : Fact
    {
        /// <summary>The list and line that gave it; null: none did.</summary>
        [Name("li")]
        public string? List { get; init; }

        /// <summary>When: used coupons that had ended by then are forgotten.</summary>
        [Name("at")]
        public DateTimeOffset At { get; init; }

        /// <summary>The piece of a stock that it is, perhaps one that was asked for; null: none.</summary>
        [Name("p")]
        public string? Piece { get; init; }

        [Name("text")]
        public string? Reason { get; init; }
    }

    /// <summary>A till has set a coupon aside.</summary>
    public sealed record CouponReserved(
        [property: Name("n")] int Number, [property: Name("k")] string Template,
        [property: Name("s")] string Store, [property: Name("r")] string? Receipt,
        [property: Name("until")] DateTimeOffset Until) : Fact;

    /// <summary>A reserved coupon is free again.</summary>
    /// <param name="Cause"><c>released</c> or <c>ended</c>.</param>
    public sealed record CouponReleased(
        [property: Name("n")] int Number, [property: Name("k")] string Template,
        [property: Name("by")] string Cause) : Fact;

    /// <summary>A coupon was used on a receipt.</summary>
    /// <param name="Off">What it took off, in the currency of the store's mall.</param>
    /// <param name="Day">The mall-local day.</param>
    public sealed record CouponRedeemed(
        [property: Name("n")] int Number, [property: Name("k")] string Template,
        [property: Name("s")] string Store, [property: Name("r")] string Receipt,
        [property: Name("m")] string Mall, [property: Name("d")] DateOnly Day,
        [property: Name("a")] Money Off) : Fact
    {
        /// <summary>Who pays for it; null: the mall.</summary>
        [Name("fu")]
        public Funding? Funding { get; init; }
    }

    /// <summary>A redemption is undone.</summary>
    /// <param name="How"><c>back</c>: it may be used again; <c>void</c>: it ends, further uses too;
    /// <c>lapsed</c>: its time had passed.</param>
    public sealed record CouponReturned(
        [property: Name("n")] int Number, [property: Name("k")] string Template,
        [property: Name("s")] string Store, [property: Name("r")] string Receipt,
        [property: Name("m")] string Mall, [property: Name("a")] Money Off,
        [property: Name("how")] string How) : Fact
    {
        /// <summary>The piece of a stock that is given up; null: none is.</summary>
        [Name("p")]
        public string? Piece { get; init; }
    }

    /// <summary>A coupon is over without having been used up.</summary>
    /// <param name="How"><c>expired</c> or <c>void</c>.</param>
    /// <param name="Left">How often it might have been redeemed.</param>
    public sealed record CouponEnded(
        [property: Name("n")] int Number, [property: Name("k")] string Template,
        [property: Name("how")] string How, [property: Name("u")] int Left,
        [property: Name("text")] string? Reason) : Fact
    {
        /// <summary>The piece of a stock that it was; null: none.</summary>
        [Name("p")]
        public string? Piece { get; init; }
    }

    /// <summary>The stock has a piece back.</summary>
    public sealed record PieceReturned([property: Name("p")] string Piece) : Fact;

    /// <summary>A rule granted a coupon of which there is a stock: a piece of it is asked for.</summary>
    public sealed record CouponAsked(
        [property: Name("p")] string Piece, [property: Name("k")] string Template,
        [property: Name("at")] DateTimeOffset At, [property: Name("y")] RuleRef Why) : Fact;

    /// <summary>A piece is asked for no more, or later again.</summary>
    /// <param name="How">Why there is none; null: it is asked for again.</param>
    /// <param name="At">When it is asked for again.</param>
    public sealed record CouponAskEnded(
        [property: Name("p")] string Piece, [property: Name("k")] string Template,
        [property: Name("how")] string? How, [property: Name("at")] DateTimeOffset? At) : Fact;
}
