using MallVip.Rules.Commands;
using MallVip.Rules.Coupons;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>Coupons granted, taken away, and used at tills.</summary>
internal static class CouponArm
{
    /// <summary>The longest that a till may reserve a coupon.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Changes nothing where the piece is the member's already, or nothing is asked for any more.
    /// </summary>
    public static Decision? Decide(DecisionDraft draft, MemberCommand.GrantCoupon command)
    {
        var isAsked = command.Cause == CouponCause.Rule;
        var ask = draft.State.Coupons?.FindAsk(command.Piece);
        if (Has(draft.State, command.Piece) || (isAsked && ask is null))
            return null;
        if (!draft.Programme.Coupons.TryGetValue(command.Template, out var template))
            return Refusal.Of(
                RejectionKind.UnknownTemplate, "template",
                $"No coupon template is called {command.Template}.");
        if (template.IsCounted && command.Piece is null)
            return Refusal.Of(
                RejectionKind.CouponNeedsStock, "template", $"Coupons of {template.Id} come from its stock.");
        if (command.Cause == CouponCause.Claim && template.Claim is { Tiers.IsEmpty: false } claim
            && !claim.Tiers.Contains(draft.State.Tier?.Tier ?? ""))
            return Refusal.Of(
                RejectionKind.CouponOutOfScope, "template", $"{template.Id} is not for the member's tier.");
        var zone = CouponDesk.ZoneOf(draft);
        var day = ZoneTime.Day(draft.Now, zone);
        // What was asked for has been counted then.
        var refusal = isAsked
            ? CouponDesk.RefuseMore(draft, template, draft.Now, zone)
            : CouponDesk.RefuseGrant(draft, template, draft.Now, zone, day);
        if (refusal is not null)
            return new Decision.Rejected(refusal);
        draft.Add(CouponDesk.Granted(
            draft, template, draft.Now, zone, command.Cause,
            ask is null ? null : new(ask.Rule, "", 0), command));
        if (!isAsked)
            CouponDesk.Count(draft, template, day);
        return null;
    }

    public static Decision? Decide(DecisionDraft draft, MemberCommand.VoidCoupon command)
    {
        var number = command.Number;
        if (command.List is { } list && (number = draft.State.Coupons?.NumberOf(list) ?? 0) == 0)
            return Refusal.Of(
                RejectionKind.CouponExpired, null, $"The coupon has expired or was taken back.");
        if (CouponChecks.Find(draft.State, number, draft.Now, out var coupon) is { } refusal)
            return new Decision.Rejected(refusal);
        if (command.List is not null && coupon.Marks!.Uses.Length > 0)
            return Refusal.Of(RejectionKind.CouponUsed, null, $"Coupon {number} has been redeemed.");
        CouponDesk.End(draft, number, "void", command.Reason);
        return null;
    }

    public static Decision? Decide(DecisionDraft draft, MemberCommand.ReserveCoupon command)
    {
        if (CouponChecks.Find(draft.State, command.Number, draft.Now, out var coupon) is { } refusal)
            return new Decision.Rejected(refusal);
        if (CouponChecks.AtTill(coupon, draft.Now, command.Store, command.Receipt) is { } unusable)
            return new Decision.Rejected(unusable);
        if (StoreOf(draft, command.Store, out var store) is { } unknown)
            return unknown;
        if (command.Until <= draft.Now || command.Until > draft.Now + Longest)
            return Refusal.Of(
                RejectionKind.InvalidHold, "minutes", $"{command.Until:O} is not within the next day.");
        draft.Add(new Fact.CouponReserved(
            coupon.Number, coupon.Template, store.Id, command.Receipt, command.Until));
        return null;
    }

    public static Decision? Decide(DecisionDraft draft, MemberCommand.ReleaseCoupon command)
    {
        if (CouponChecks.Find(draft.State, command.Number, draft.Now, out var coupon) is { } refusal)
            return new Decision.Rejected(refusal);
        if (coupon.Hold is null)
            return Refusal.Of(
                RejectionKind.CouponNotReserved, null, $"Coupon {coupon.Number} is not reserved.");
        draft.Add(new Fact.CouponReleased(coupon.Number, coupon.Template, "released"));
        return null;
    }

    public static Decision? Decide(DecisionDraft draft, MemberCommand.RedeemCoupon command)
    {
        if (command.Paid.Amount is < 0 or > Money.Limit)
            return Refusal.Of(
                RejectionKind.AmountOutOfRange, "paid", $"{command.Paid} is outside the range.");
        if (CouponChecks.Find(draft.State, command.Number, draft.Now, out var coupon) is { } refusal)
            return new Decision.Rejected(refusal);
        if (StoreOf(draft, command.Store, out var store) is { } unknown)
            return unknown;
        var basket = new CouponBasket(
            store, ZoneTime.Local(draft.Now, store.Mall.Zone), command.Paid, command.Lines, IsPaid: false);
        if (Refuse(
            draft.State, draft.Programme, coupon, basket, command.Receipt, draft.Now, out var template)
            is { } unusable)
            return new Decision.Rejected(unusable);
        CouponDesk.Redeem(draft, coupon, template!, basket, command.Receipt);
        return null;
    }

    public static Decision? Decide(DecisionDraft draft, MemberCommand.ReturnCoupon command)
    {
        if (draft.State.Coupons?.Find(command.Number) is not { } coupon)
            return new Decision.Rejected(
                CouponChecks.Find(draft.State, command.Number, draft.Now, out _)!);
        var use = coupon.Marks?.Uses.FirstOrDefault(one => one.Is(command.Store, command.Receipt));
        if (use is null)
            return Refusal.Of(
                RejectionKind.CouponNotRedeemed, "receipt",
                $"Coupon {coupon.Number} is not redeemed with receipt {command.Receipt} of {command.Store}.");
        var policy = draft.Programme.Coupons.GetValueOrDefault(coupon.Template)?.OnReturn ?? default;
        if (policy == CouponReturn.Keep || IsParking(draft.Programme, use))
            return Refusal.Of(
                RejectionKind.CouponKept, null, $"Coupons of {coupon.Template} stay redeemed.");
        var mall = draft.Programme.Stores.GetValueOrDefault(use.Store)?.Mall.Id ?? "";
        CouponDesk.Return(draft, coupon, use, mall, policy);
        return null;
    }

    /// <summary>Changes nothing where it is over.</summary>
    public static Decision? Decide(DecisionDraft draft, MemberCommand.EndCouponAsk command)
    {
        if (draft.State.Coupons?.FindAsk(command.Piece) is { } ask)
            draft.Add(new Fact.CouponAskEnded(
                ask.Piece, ask.Template, command.How, command.How is null ? command.Again : null));
        return null;
    }

    /// <summary>Changes nothing where the stock has said so before.</summary>
    public static Decision? Decide(DecisionDraft draft, MemberCommand.EndPieceBack command)
    {
        foreach (var back in draft.State.Returning)
            if (back.Piece == command.Piece)
            {
                draft.Add(new Fact.PieceReturned(command.Piece));
                break;
            }

        return null;
    }

    /// <summary>Why a till cannot use a coupon of the member on a receipt; null: it can.</summary>
    /// <param name="receipt">Null: it has no number yet.</param>
    public static Rejection? Refuse(
        MemberState state, Programme programme, in Coupon coupon, CouponBasket basket, string? receipt,
        DateTimeOffset now, out CouponTemplate? template)
    {
        if (!programme.Coupons.TryGetValue(coupon.Template, out template))
            return new(
                RejectionKind.UnknownTemplate, null, $"No coupon template is called {coupon.Template}.");
        return CouponChecks.AtTill(coupon, now, basket.Store.Id, receipt)
            ?? CouponChecks.Beside(template, coupon.Number, state, programme, basket.Store.Id, receipt)
            ?? CouponChecks.InBasket(template, basket, state);
    }

    /// <summary>Whether it has freed parking time, which is gone.</summary>
    private static bool IsParking(Programme programme, CouponUse use) =>
        programme.ParkingLots.ContainsKey(use.Store) && !programme.Stores.ContainsKey(use.Store);

    private static Decision? StoreOf(DecisionDraft draft, string id, out Store store) =>
        draft.Programme.Stores.TryGetValue(id, out store!)
            ? null
            : Refusal.Of(RejectionKind.CouponOutOfScope, "store", $"No store is called {id}.");

    private static bool Has(MemberState state, string? piece)
    {
        if (piece is not null)
            foreach (ref readonly var coupon in (state.Coupons?.Coupons ?? []).AsSpan())
                if (coupon.Marks?.Piece == piece)
                    return true;
        return false;
    }
}
