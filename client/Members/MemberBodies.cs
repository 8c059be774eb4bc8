using System.Collections.Immutable;
using MallVip.Client.Coupons;
using MallVip.Client.Wire;
using MallVip.Grains.Desk;
using MallVip.Rules.Achievements;
using MallVip.Rules.Coupons;
using MallVip.Rules.Events;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Members;

/// <summary>Shows a member as the wire does.</summary>
/// <param name="programme">The programme in force, for names.</param>
internal sealed class MemberBodies(Func<Programme> programme)
{
    /// <summary>Coupons in the answer.</summary>
    private const int MostCoupons = 20;

    /// <param name="at">The clock, or the instant of the past that the view is of.</param>
    public MemberBody Of(MemberId member, MemberView view, DateTimeOffset at)
    {
        var (names, state) = (programme(), view.Snapshot.State);
        var zone = ZoneOf(state);
        var coupons = (state.Coupons?.Coupons ?? [])
            .Where(coupon => coupon.Left > 0 && coupon.Until > at).ToArray();
        return new()
        {
            Id = state.Id ?? member,
            MergedInto = state.Merge is { IsOver: true } merge ? merge.Into : null,
            Merged = [.. state.Absorbed.Select(absorbed => absorbed.Member)],
            Identities = view.Identities,
            Verified = view.Verified.ToImmutableSortedDictionary(
                pair => pair.Key,
                pair => new VerifiedBody(Local(pair.Value.At, zone), pair.Value.By, pair.Value.How),
                StringComparer.Ordinal),
            Attributes = view.Attributes,
            EnrolledAt = Local(state.EnrolledAt, zone),
            Mall = state.HomeMall,
            Status = state.Status is { } status
                ? new(Standing.Of(state).Word, Local(status.Since, zone), status.Reason)
                : null,
            Tier = state.Tier is { } tier ? Tier(names, tier, zone) : null,
            Consent = state.Consents.ToImmutableSortedDictionary(
                consent => consent.Purpose,
                consent => new ConsentBody(consent.Granted, Local(consent.At, zone)), StringComparer.Ordinal),
            Referrer = state.Referrer is { } by ? new(
                $"{by.Kind}:{by.Handle}", view.Referrer,
                state.Referral is { } referral ? referral.Ended ?? "owed" : null) : null,
            Wallets = [.. state.Wallets.Select(wallet => Wallet(names, state, wallet))],
            Holds = [.. state.OpenHolds.Select(hold => new HoldBody(
                hold.Id, hold.Wallet, hold.Amount.Value, Local(hold.Until, zone), hold.Reason))],
            Coupons = [.. coupons.OrderBy(coupon => coupon.Until).ThenBy(coupon => coupon.Number)
                .Take(MostCoupons).Select(coupon => Coupon(names, coupon, at, zone))],
            OpenCoupons = coupons.Length,
            Tags = [.. state.Tags.Select(tag => Tag(names.Tags.GetValueOrDefault(tag.Tag), tag, zone))],
            Achievements = [.. names.Achievements.Select(
                achievement => Achievement(state, achievement, ZoneTime.Day(at, zone), zone))],
            Expiring = Expiring(state, zone),
            Parking = [.. state.Parking.Select(car => new ParkedBody(car.Lot, Local(car.EnteredAt, zone)))],
            Waiting = [.. state.Parked.Select(parked => Waiting(parked, zone))],
            Friends = state.Friends,
            Events = state.Events,
            Seq = view.Snapshot.Seq,
        };
    }

    /// <summary>The zone of the member's mall, else the programme's.</summary>
    public TimeZoneInfo ZoneOf(MemberState state) =>
        state.HomeMall is { } home && programme().Malls.TryGetValue(home, out var mall)
            ? mall.Zone
            : programme().Zone;

    private static WalletBody Wallet(Programme names, MemberState state, WalletState wallet) => new(
        wallet.Wallet,
        names.FindWallet(wallet.Wallet)?.Name ?? wallet.Wallet,
        wallet.Balance.Value,
        state.Available(wallet.Wallet).Value,
        state.Held(wallet.Wallet).Value,
        wallet.Pending.Value,
        wallet.Earned.Value,
        wallet.Reversed.Value,
        wallet.Spent.Value,
        wallet.Expired.Value,
        wallet.Adjusted.Value,
        wallet.Transferred.Value);

    private static MemberCouponBody Coupon(
        Programme names, Coupon coupon, DateTimeOffset at, TimeZoneInfo zone) => new(
        coupon.Number, coupon.Template,
        names.Coupons.GetValueOrDefault(coupon.Template)?.Name ?? coupon.Template,
        CouponBodies.StatusOf(coupon, at), Local(coupon.Until, zone), coupon.Left);

    private static MemberTagBody Tag(DeclaredTag? declared, TagState tag, TimeZoneInfo zone) => new(
        tag.Tag, Local(tag.Since, zone), Local(tag.Until, zone), tag.Rule, declared?.Name,
        declared?.Group?.Id, declared?.Colour);

    private static AchievementBody Achievement(
        MemberState state, Achievement achievement, DateOnly today, TimeZoneInfo zone)
    {
        var progress = AchievementProgress.Of(state, achievement, today);
        return new(
            achievement.Id, achievement.Name, progress.Shown, achievement.Goal, progress.TimesEver,
            progress.Ends is { } day ? ZoneTime.StartOfDay(day, zone) : null);
    }

    private static WaitingBody Waiting(ParkedEvent parked, TimeZoneInfo zone)
    {
        var refund = parked.Event.Data as RefundData;
        var purchase = parked.Event.Data as PurchaseData;
        return new(
            parked.Until is null ? "store" : "purchase",
            parked.Event.Type,
            parked.Store,
            refund?.Receipt ?? purchase?.Receipt ?? "",
            refund?.Refund,
            refund?.Paid ?? purchase?.Paid ?? Money.Zero,
            parked.Event.Time,
            Local(parked.Until, zone),
            parked.Entry);
    }

    private static ImmutableArray<ExpiringBody> Expiring(MemberState state, TimeZoneInfo zone) =>
    [
        .. state.Lots
            .Where(lot => lot is { IsPending: false, ExpiresAt: not null })
            .GroupBy(lot => (lot.Wallet, At: lot.ExpiresAt!.Value))
            .Select(lots => new ExpiringBody(
                lots.Key.Wallet, lots.Sum(lot => lot.Remaining.Value), Local(lots.Key.At, zone)))
            .OrderBy(lapse => lapse.At).ThenBy(lapse => lapse.Wallet, StringComparer.Ordinal),
    ];

    private static MemberTierBody Tier(Programme names, TierState tier, TimeZoneInfo zone)
    {
        var name = names.Tiers.FirstOrDefault(step => step.Id == tier.Tier)?.Name ?? tier.Tier;
        return new(tier.Tier, name, Local(tier.Since, zone), Local(tier.Until, zone))
        {
            EndedAt = Local(tier.Grace, zone),
            Given = tier.Grant is { } grant
                ? new(grant.Earned?.Tier, Local(grant.Earned?.Until, zone), grant.Reason)
                : null,
        };
    }

    /// <summary>The same instant on the clock of the member's mall.</summary>
    private static DateTimeOffset Local(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone);

    private static DateTimeOffset? Local(DateTimeOffset? at, TimeZoneInfo zone) => at is { } instant
        ? Local(instant, zone)
        : null;
}
