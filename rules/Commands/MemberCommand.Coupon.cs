using System.Collections.Immutable;
using MallVip.Rules.Coupons;
using MallVip.Rules.Events;
using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Commands;

/// <summary>What can be asked of a member's coupons.</summary>
public abstract partial record MemberCommand
{
    /// <summary>Gives the member a coupon.</summary>
    /// <param name="Template">One that the programme declares in the full form.</param>
    public sealed record GrantCoupon(
        [property: Name("k")] string Template,
        [property: Name("by")] CouponCause Cause,
        [property: Name("text")] string? Reason) : MemberCommand
    {
        /// <summary>The piece of the template's stock that it is; a member is given a piece once. One that a
        /// rule has asked for is given only as long as it is asked for. Null: the template has no
        /// stock.</summary>
        [Name("p")]
        public string? Piece { get; init; }

        /// <summary>The list and line that give it; null: no list does.</summary>
        [Name("li")]
        public string? List { get; init; }
    }

    /// <summary>Takes a coupon away; the reason is on record.</summary>
    /// <param name="Number">0: <see cref="List"/> says which.</param>
    public sealed record VoidCoupon(
        [property: Name("n")] int Number, [property: Name("text")] string Reason) : MemberCommand
    {
        /// <summary>The one that this list and line gave, if it has not been redeemed; null: none in
        /// particular.</summary>
        [Name("li")]
        public string? List { get; init; }
    }

    /// <summary>Sets a coupon aside for a receipt that is about to come.</summary>
    /// <param name="Receipt">Null: for any receipt of the store.</param>
    /// <param name="Until">The first instant at which it is free again, within a day.</param>
    public sealed record ReserveCoupon(
        [property: Name("n")] int Number,
        [property: Name("s")] string Store,
        [property: Name("r")] string? Receipt,
        [property: Name("until")] DateTimeOffset Until) : MemberCommand;

    /// <summary>Gives a reserved coupon free.</summary>
    public sealed record ReleaseCoupon([property: Name("n")] int Number) : MemberCommand;

    /// <summary>Uses a coupon on a receipt.</summary>
    /// <param name="Paid">What the receipt comes to before coupons.</param>
    /// <param name="Lines">Empty: only the sum is known.</param>
    public sealed record RedeemCoupon(
        [property: Name("n")] int Number,
        [property: Name("s")] string Store,
        [property: Name("r")] string Receipt,
        [property: Name("p")] Money Paid,
        ImmutableArray<PurchaseLine> Lines) : MemberCommand
    {
        [Name("l")]
        public ImmutableArray<PurchaseLine> Lines { get; init; } = Lines.IsDefault ? [] : Lines;
    }

    /// <summary>Undoes a redemption, as the template says.</summary>
    public sealed record ReturnCoupon(
        [property: Name("n")] int Number,
        [property: Name("s")] string Store,
        [property: Name("r")] string Receipt) : MemberCommand;

    /// <summary>The stock has a piece back.</summary>
    public sealed record EndPieceBack([property: Name("p")] string Piece) : MemberCommand;

    /// <summary>A piece that is asked for will not come, or is asked for again later.</summary>
    /// <param name="How">Why there is none; null: it is asked for again.</param>
    /// <param name="Again">When; null where it is over.</param>
    public sealed record EndCouponAsk(
        [property: Name("p")] string Piece,
        [property: Name("how")] string? How,
        [property: Name("at")] DateTimeOffset? Again) : MemberCommand;
}
