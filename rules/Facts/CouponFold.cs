using System.Collections.Immutable;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Coupons;
using MallVip.Rules.Events;
using MallVip.Rules.Members;

namespace MallVip.Rules.Facts;

/// <summary>How facts about coupons change the member's book.</summary>
internal static class CouponFold
{
    /// <returns>Null: the fact is not about coupons.</returns>
    public static MemberState? Find(MemberState state, Fact fact) => fact switch
    {
        Fact.CouponGranted granted => Apply(state, granted),
        Fact.CouponReserved reserved => Apply(state, reserved),
        Fact.CouponReleased released => Apply(state, released),
        Fact.CouponRedeemed redeemed => Apply(state, redeemed),
        Fact.CouponReturned returned => Apply(state, returned),
        Fact.CouponEnded ended => Apply(state, ended),
        Fact.CouponAsked asked => Apply(state, asked),
        Fact.CouponAskEnded ended => Apply(state, ended),
        Fact.PieceReturned back => Apply(state, back),
        _ => null,
    };

    private static MemberState Apply(MemberState state, Fact.CouponGranted fact)
    {
        var book = state.Coupons ?? CouponBook.Empty;
        var marks = (fact.Piece ?? fact.List) is null
            ? null
            : CouponMarks.None with { Piece = fact.Piece, List = fact.List };
        var granted = new Coupon(fact.Number, fact.Template, fact.From, fact.Until, fact.Uses)
        {
            Marks = marks,
        };
        return state with
        {
            Coupons = book with
            {
                Coupons = Living(book.Coupons, fact.At).Add(granted),
                Next = fact.Number + 1,
                Asks = book.Asks.RemoveAll(ask => ask.Piece == fact.Piece),
            },
        };
    }

    private static MemberState Apply(MemberState state, Fact.CouponReserved fact) => Change(
        state, fact.Number,
        coupon => Marked(coupon, marks => marks with { Hold = new(fact.Store, fact.Receipt, fact.Until) }));

    private static MemberState Apply(MemberState state, Fact.CouponReleased fact) =>
        Change(state, fact.Number, coupon => Marked(coupon, marks => marks with { Hold = null }));

    private static MemberState Apply(MemberState state, Fact.CouponRedeemed fact) => Change(
        state, fact.Number, coupon => Marked(coupon, marks => marks with
        {
            Hold = null,
            Uses = marks.Uses.Add(new(fact.Store, fact.Receipt, fact.Off)),
        }) with
        {
            Left = coupon.Left - 1,
        });

    private static MemberState Apply(MemberState state, Fact.CouponReturned fact) => fact.How switch
    {
        "back" => Change(
            state, fact.Number, coupon => Without(coupon, fact) with { Left = coupon.Left + 1 }),
        "void" => Remove(GiveUp(state, fact.Number), fact.Number),
        // A used coupon whose time has passed may be forgotten.
        _ => state.Coupons?.Find(fact.Number)?.Template == fact.Template
            ? Change(state, fact.Number, coupon => Without(coupon, fact))
            : state,
    };

    private static MemberState Apply(MemberState state, Fact.CouponEnded fact) =>
        Remove(fact.How == "void" ? GiveUp(state, fact.Number) : state, fact.Number);

    private static MemberState Apply(MemberState state, Fact.PieceReturned fact) => state with
    {
        Returning = state.Returning.RemoveAll(back => back.Piece == fact.Piece),
    };

    private static MemberState Apply(MemberState state, Fact.CouponAsked fact)
    {
        var book = state.Coupons ?? CouponBook.Empty;
        return state with
        {
            Coupons = book with
            {
                Asks = book.Asks.Add(new(fact.Piece, fact.Template, fact.Why.Rule, fact.At)),
                NextAsk = book.NextAsk + 1,
            },
        };
    }

    private static MemberState Apply(MemberState state, Fact.CouponAskEnded fact)
    {
        var book = state.Coupons!;
        var others = book.Asks.RemoveAll(ask => ask.Piece == fact.Piece);
        var again = fact.How is null ? book.FindAsk(fact.Piece) : null;
        return state with
        {
            Coupons = book with
            {
                Asks = again is null ? others : others.Add(again with { DriveAt = fact.At!.Value }),
            },
        };
    }

    /// <summary>Both books as one: the other's coupons move up behind all that this one ever had.</summary>
    public static CouponBook? Join(CouponBook? own, CouponBook? other)
    {
        if (own is null || other is null)
            return own ?? other;
        var moved = own.Next - 1;
        return new()
        {
            Coupons =
            [
                .. own.Coupons,
                .. other.Coupons.Select(coupon => coupon with { Number = coupon.Number + moved }),
            ],
            Next = own.Next + other.Next - 1,
            Asks = [.. own.Asks, .. other.Asks],
            NextAsk = own.NextAsk,
        };
    }

    /// <summary>A waiting purchase of another member, with that one's coupons as they are numbered
    /// here.</summary>
    public static MallEvent Carried(MallEvent waiting, int moved) =>
        waiting.Data is PurchaseData { Redeems.IsEmpty: false } purchase && moved > 0
            ? waiting with
            {
                Data = purchase with
                {
                    Redeems = [.. purchase.Redeems.Select(number => number == 0 ? 0 : number + moved)],
                },
            }
            : waiting;

    /// <summary>Without used ones that no return could bring back any more.</summary>
    private static ImmutableArray<Coupon> Living(ImmutableArray<Coupon> coupons, DateTimeOffset now)
    {
        foreach (ref readonly var coupon in coupons.AsSpan())
            if (coupon.Left == 0 && coupon.Until <= now)
                return coupons.RemoveAll(one => one.Left == 0 && one.Until <= now);
        return coupons;
    }

    private static Coupon Without(in Coupon coupon, Fact.CouponReturned fact) => Marked(
        coupon, marks => marks with { Uses = marks.Uses.RemoveAll(use => use.Is(fact.Store, fact.Receipt)) });

    private static Coupon Marked(in Coupon coupon, Func<CouponMarks, CouponMarks> change)
    {
        var marks = change(coupon.Marks ?? CouponMarks.None);
        return coupon with
        {
            Marks = marks is { Piece: null, Hold: null, Uses.IsEmpty: true } ? null : marks,
        };
    }

    private static MemberState Change(MemberState state, int number, Func<Coupon, Coupon> change)
    {
        var book = state.Coupons!;
        var at = book.IndexOf(number);
        return state with
        {
            Coupons = book with { Coupons = book.Coupons.SetItem(at, change(book.Coupons[at])) },
        };
    }

    /// <summary>A piece of a stock is given back when its coupon is taken away; one whose time is over is
    /// not.</summary>
    private static MemberState GiveUp(MemberState state, int number) =>
        state.Coupons?.Find(number) is { Marks.Piece: { } piece } coupon
            ? state with { Returning = state.Returning.Add(new(StockName.OfCoupon(coupon.Template), piece)) }
            : state;

    private static MemberState Remove(MemberState state, int number) => state with
    {
        Coupons = state.Coupons! with
        {
            Coupons = state.Coupons.Coupons.RemoveAll(coupon => coupon.Number == number),
        },
    };
}
