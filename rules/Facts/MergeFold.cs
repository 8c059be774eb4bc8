using System.Collections.Immutable;
using MallVip.Rules.Ledger;
using MallVip.Rules.Members;
using MallVip.Rules.Parking;

namespace MallVip.Rules.Facts;

/// <summary>
/// How a merge changes the two. Where both say something, the survivor's word stands; what a status blocks
/// stays blocked; what each has used of a limit adds up.
/// </summary>
internal static class MergeFold
{
    public static MemberState Apply(MemberState state, Fact.Absorbed fact, long entry)
    {
        var other = fact.State;
        var lotsFrom = state.NextLot - 1;
        return state with
        {
            Basics = Join(state, fact, lotsFrom, entry),
            Achievements = AchievementFold.Join(state.Achievements, other.Achievements),
            Coupons = CouponFold.Join(state.Coupons, other.Coupons),
            Tags = other.Tags.Aggregate(state.Tags, Join),
            NextLot = lotsFrom + other.NextLot,
            Days = state.Days.With(other.Days),
            Gains = state.Gains.With(other.Gains),
            Limits = other.Limits.Aggregate(
                state.Limits, (limits, use) => LimitFold.Use(
                    limits, new(use.Key, use.Window, use.Ends, use.Times, use.Amount))),
            Events = state.Events + other.Events,
            Purchases = state.Purchases + other.Purchases,
        };
    }

    public static MemberState Apply(MemberState state, Fact.WalletJoined fact)
    {
        var lots = fact.Lots.Aggregate(state.Lots, (sum, lot) => LotBook.Put(sum, lot));
        return state with
        {
            Wallets = LedgerFold.Put(
                state.Wallets, LedgerFold.WalletOf(state, fact.Sums.Wallet).With(fact.Sums)),
            Lots = LotBook.Take(lots, fact.Settled),
        };
    }

    public static MemberState Apply(MemberState state, Fact.WalletLeft fact) => state with
    {
        Wallets = state.Wallets.RemoveAll(wallet => wallet.Wallet == fact.Wallet),
        Lots = state.Lots.RemoveAll(lot => lot.Wallet == fact.Wallet),
    };

    /// <summary>Who has become a part of another is a name and the way to that one.</summary>
    public static MemberState Apply(MemberState state, Fact.MergeEnded fact) => fact.Refused is not null
        ? state with { Merge = null }
        : MemberState.Empty with
        {
            Id = state.Id,
            EnrolledAt = state.EnrolledAt,
            HomeMall = state.HomeMall,
            FiredThrough = state.FiredThrough,
            Merge = state.Merge! with { IsOver = true },
            Wallets = state.Wallets,
            Lots = state.Lots,
            NextLot = state.NextLot,
            Events = state.Events,
            Purchases = state.Purchases,
        };

    private static MemberBasics Join(MemberState state, Fact.Absorbed fact, int lotsFrom, long entry)
    {
        var (own, other) = (state.Basics, fact.State.Basics);
        var couponsFrom = (state.Coupons?.Next ?? 1) - 1;
        var entriesFrom = own.Ties.Absorbed.Sum(absorbed => absorbed.Entries);
        return own with
        {
            EnrolledAt = own.EnrolledAt < other.EnrolledAt ? own.EnrolledAt : other.EnrolledAt,
            HomeMall = own.HomeMall ?? other.HomeMall,
            Identities = [.. own.Identities, .. other.Identities.Except(own.Identities)],
            Attributes = other.Attributes.SetItems(own.Attributes),
            Consents = other.Consents.Aggregate(own.Consents, Join),
            FiredThrough = Later(own.FiredThrough, other.FiredThrough),
            Timed = other.Timed.Aggregate(own.Timed, Join),
            Ties = own.Ties with
            {
                Referrer = own.Ties.Referrer ?? other.Ties.Referrer,
                Parking = own.Ties.Parking.AddRange(other.Ties.Parking),
                Parked = own.Ties.Parked.AddRange(other.Ties.Parked.Select(parked => parked with
                {
                    Entry = ParkedEvent.Carried(parked.Entry, entriesFrom, fact.Entries),
                    Event = CouponFold.Carried(parked.Event, couponsFrom),
                })),
                Holds = own.Ties.Holds.AddRange(other.Ties.Holds),
                Status = Stricter(own.Ties.Status, other.Ties.Status),
                // Whoever was not brought goes on with what is owed for the other.
                Referral = own.Ties.Referral ?? (own.Ties.Referrer is null ? other.Ties.Referral : null),
                Friends = own.Ties.Friends + other.Ties.Friends,
                Returning = [.. own.Ties.Returning, .. other.Ties.Returning],
                Orders = own.Ties.Orders.AddRange(other.Ties.Orders),
                Recent = RecentReceipts.With(own.Ties.Recent, other.Ties.Recent),
                Reviews = ReviewFold.Join(own.Ties.Reviews, other.Ties.Reviews, lotsFrom),
                ParkingUses = ParkingRights.With(own.Ties.ParkingUses, other.Ties.ParkingUses),
                Absorbed =
                [
                    .. own.Ties.Absorbed,
                    new(fact.Member, own.Id!.Value, entry, lotsFrom, fact.Entries)
                    {
                        CouponsFrom = couponsFrom,
                        Coupons = (fact.State.Coupons?.Next ?? 1) - 1,
                    },
                    .. other.Ties.Absorbed.Select(
                        absorbed => absorbed with
                        {
                            LotsFrom = absorbed.LotsFrom + lotsFrom,
                            CouponsFrom = absorbed.CouponsFrom + couponsFrom,
                        }),
                ],
                Verified =
                [
                    .. own.Ties.Verified,
                    .. other.Ties.Verified.ExceptBy(
                        own.Ties.Verified.Select(verified => verified.Handle), verified => verified.Handle),
                ],
            },
        };
    }

    private static ImmutableArray<TagState> Join(ImmutableArray<TagState> tags, TagState tag)
    {
        for (var i = 0; i < tags.Length; i++)
            if (tags[i].Tag == tag.Tag)
                return tags.SetItem(i, new(
                    tag.Tag, tags[i].Since < tag.Since ? tags[i].Since : tag.Since,
                    Tags.EndsLater(tag.Until, tags[i].Until) ? tag.Until : tags[i].Until, tags[i].Rule));
        return tags.Add(tag);
    }

    private static ImmutableArray<ConsentState> Join(ImmutableArray<ConsentState> said, ConsentState other)
    {
        for (var i = 0; i < said.Length; i++)
            if (said[i].Purpose == other.Purpose)
                return other.At > said[i].At ? said.SetItem(i, other) : said;
        return said.Add(other);
    }

    private static ImmutableArray<TimedMark> Join(ImmutableArray<TimedMark> marks, TimedMark other)
    {
        for (var i = 0; i < marks.Length; i++)
            if (marks[i].Event == other.Event)
                return marks.SetItem(
                    i, new(other.Event, Later(marks[i].Through, other.Through)));
        return marks.Add(other);
    }

    private static StatusState? Stricter(StatusState? own, StatusState? other) =>
        other is not null && other.Status > (own?.Status ?? MemberStatus.Active) ? other : own;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) =>
        one > other ? one : other;
}
