using System.Collections.Immutable;
using MallVip.Grains.Catalogue;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Coupons;

/// <summary>
/// The codes of coupons, made of a member and a number; see <see cref="CodeText"/>. They stand in no journal
/// body; the entry that grants a coupon can be found by its code.
/// </summary>
public sealed class CouponCodes(Pseudonym pseudonym)
{
    /// <summary>The key under which the entry that granted a coupon is found.</summary>
    public static EventKey KeyOf(string code) => EventKey.Of("coupon", "", code);

    /// <summary>The code of a member's coupon; one that came with a merge keeps its own.</summary>
    public string Of(MemberState state, int number)
    {
        var (member, own, count) = (state.Id!.Value, number, int.MaxValue);
        foreach (var absorbed in state.Absorbed)
            if (number > absorbed.CouponsFrom && number <= absorbed.CouponsFrom + absorbed.Coupons
                && absorbed.Coupons <= count)
                (member, own, count) = (absorbed.Member, number - absorbed.CouponsFrom, absorbed.Coupons);
        return Of(member, own);
    }

    /// <summary>The number of a member's coupon, one that has ended included; 0: the code is not the
    /// member's.</summary>
    public int Find(MemberState state, string code)
    {
        if (state.Id is null || state.Coupons is not { } book)
            return 0;
        foreach (var coupon in book.Coupons)
            if (Of(state, coupon.Number) == code)
                return coupon.Number;
        for (var number = book.Next - 1; number > 0; number--)
            if (Of(state, number) == code)
                return number;
        return 0;
    }

    /// <summary>Keys of the coupons that an entry grants, and of the orders that it places.</summary>
    public ImmutableArray<EventKey> KeysOf(ImmutableArray<Fact> facts, MemberState state)
    {
        var keys = ImmutableArray<EventKey>.Empty;
        foreach (var fact in facts)
            if (fact is Fact.CouponGranted granted)
                keys = keys.Add(KeyOf(Of(state, granted.Number)));
            else if (fact is Fact.OrderPlaced placed)
                keys = keys.Add(OrderCodes.KeyOf(OrderCodes.Of(pseudonym, placed.Order)));
        return keys;
    }

    /// <summary>The request with the member's numbers in the place of codes.</summary>
    public MemberRequest Resolve(MemberRequest request, MemberState state) => request switch
    {
        {
            Command: MemberCommand.RecordEvent
            {
                Event.Data: PurchaseData { Coupons.IsEmpty: false } bought,
            },
        } =>
            Resolve(request, bought, state),
        { Coupon: { } code } => request with { Command = Numbered(request.Command, Find(state, code)) },
        _ => request,
    };

    private MemberRequest Resolve(MemberRequest request, PurchaseData bought, MemberState state)
    {
        var numbers = bought.Coupons.Select(CodeText.Normal).OfType<string>().Distinct(StringComparer.Ordinal)
            .Select(code => Find(state, code)).ToImmutableArray();
        var record = (MemberCommand.RecordEvent)request.Command;
        return numbers.IsEmpty
            ? request
            : request with
            {
                Command = record with
                {
                    Event = record.Event with { Data = bought with { Redeems = numbers } },
                },
            };
    }

    private static MemberCommand Numbered(MemberCommand command, int number) => command switch
    {
        MemberCommand.ReserveCoupon reserve => reserve with { Number = number },
        MemberCommand.ReleaseCoupon release => release with { Number = number },
        MemberCommand.RedeemCoupon redeem => redeem with { Number = number },
        MemberCommand.ReturnCoupon back => back with { Number = number },
        MemberCommand.VoidCoupon ended => ended with { Number = number },
        _ => throw new InvalidOperationException($"{command.GetType().Name} is of no coupon."),
    };

    private string Of(MemberId member, int number) =>
        CodeText.Of(pseudonym.CouponBits(member.Value, number));
}
