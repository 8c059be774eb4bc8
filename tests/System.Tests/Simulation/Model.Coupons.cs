using MallVip.Rules.Commands;
using MallVip.Rules.Coupons;
using MallVip.Rules.Journaling;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Simulation;

/// <summary>What must have come of coupons.</summary>
internal sealed partial class Model
{
    /// <summary>Coupons of 5 off, good twice.</summary>
    public const string Voucher = "off-5";

    private readonly HashSet<string> _returned = [];
    private readonly List<SimulatedCard> _voided = [];
    private (int Reserved, int Released) _holds;

    /// <summary>Coupons that were granted, and until when they are good.</summary>
    public List<(int Phone, DateTimeOffset Until)> Granted { get; } = [];

    /// <summary>Coupons that were redeemed, with their numbers then.</summary>
    public List<(int Phone, int Number, string Store, string Receipt)> Redeemed { get; } = [];

    /// <summary>Coupons as members have them: what may be shown at a till.</summary>
    public List<SimulatedCard> Cards { get; } = [];

    /// <summary>How many coupons were granted, redeemed and returned, set aside and let go again, and taken
    /// away, each counted once.</summary>
    public (int Granted, int Redeemed, int Returned, int Reserved, int Released, int Voided) Coupons =>
        (Granted.Count, Redeemed.Count, _returned.Count, _holds.Reserved, _holds.Released, _voided.Count);

    /// <summary>Where a purchase is back, so is its coupon.</summary>
    public void CompareReturned()
    {
        foreach (var refund in _done.Values.OfType<SimulatedCall.Refund>().Where(refund => !refund.Early))
            if (Redeemed.Any(one => one.Receipt == "R" + refund.Of.Id)
                && !_returned.Contains("R" + refund.Of.Id))
                Faults.Add($"{refund.Id}: the purchase is back and its coupon is not");
    }

    /// <summary>Compares a member's coupons with those that were granted to the phones of that person and are
    /// good still, and where they were used with what was redeemed and did not come back.</summary>
    public void Compare(int phone, CouponBook? book, DateTimeOffset now)
    {
        var person = PersonOf(phone);
        var wanted = Granted.Count(grant => person.Contains(grant.Phone) && grant.Until > now)
            - _voided.Count(card => person.Contains(card.Phone) && card.Until > now);
        var found = (book?.Coupons ?? []).Where(coupon => coupon.Until > now).ToArray();
        if (found.Length != wanted)
            Faults.Add($"phone {phone}: has {found.Length} coupons, should have {wanted}");
        foreach (var coupon in found)
        {
            if (coupon.Hold?.Until <= now)
                Faults.Add($"phone {phone}: coupon {coupon.Number} is set aside until {coupon.Hold.Until:O}");
            var uses = coupon.Marks?.Uses ?? [];
            if (coupon.Left + uses.Length != 2)
                Faults.Add($"phone {phone}: coupon {coupon.Number}: {coupon.Left} left, {uses.Length} used");
            foreach (var use in uses)
                if (_returned.Contains(use.Receipt)
                    || !Redeemed.Any(one => one.Receipt == use.Receipt && person.Contains(one.Phone)))
                    Faults.Add($"phone {phone}: coupon {coupon.Number} was not redeemed with {use.Receipt}");
        }
    }

    /// <param name="cards">What a shopper can show now; null: nobody knows, and it is what there was.</param>
    public void See(int phone, SimulatedCard[]? cards)
    {
        if (cards is null)
            return;
        Cards.RemoveAll(card => card.Phone == phone);
        Cards.AddRange(cards);
    }

    /// <returns>False: the command is about no coupon.</returns>
    private bool PostCoupon(SimulatedCall.AtDesk call, SimulatedAnswer answer)
    {
        switch (call.Command)
        {
            case MemberCommand.GrantCoupon:
                Granted.Add((call.Phone, OfCoupon(answer, "granted").Until!.Value));
                return true;
            case MemberCommand.RedeemCoupon redeem:
                Expect(OfCoupon(answer, "redeemed").Off == new Money(5), call, "took another amount off");
                Redeemed.Add((
                    call.Phone, OfCoupon(answer, "redeemed").Number!.Value, redeem.Store, redeem.Receipt));
                return true;
            case MemberCommand.ReserveCoupon hold:
                Expect(OfCoupon(answer, "reserved").Until == hold.Until, call, "was set aside otherwise");
                _holds.Reserved++;
                return true;
            case MemberCommand.ReleaseCoupon:
                _holds.Released++;
                return true;
            case MemberCommand.VoidCoupon when call.Card is { } card:
                _voided.Add(card);
                return true;
            case MemberCommand.ReturnCoupon back:
                Expect(_returned.Add(back.Receipt), call, $"{back.Receipt} came back twice");
                return true;
            default:
                return false;
        }
    }

    /// <summary>A coupon that could not be redeemed refuses no purchase.</summary>
    private void PostRedeemed(SimulatedCall.Purchase call, Outcome outcome)
    {
        var redeemed = outcome.Coupons.Where(change => change.What == "redeemed").ToArray();
        Expect(redeemed.Length <= (call.HasCoupon ? 1 : 0), call, $"redeemed {redeemed.Length} coupons");
        foreach (var used in redeemed)
        {
            Expect(used.Off == new Money(5), call, $"took {used.Off} off");
            Redeemed.Add((call.Phone, used.Number!.Value, call.Store, "R" + call.Id));
        }
    }

    private void PostReturned(SimulatedCall.Refund call, Outcome outcome)
    {
        foreach (var _ in outcome.Coupons.Where(change => change.What == "returned"))
            Expect(_returned.Add("R" + call.Of.Id), call, "its coupon came back twice");
    }

    /// <summary>Others of the member may have ended in the same entry.</summary>
    private static OutcomeCoupon OfCoupon(SimulatedAnswer answer, string what) =>
        answer.Outcome!.Coupons.Single(change => change.What == what);
}
