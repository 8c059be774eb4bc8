using System.Collections.Immutable;
using MallVip.Rules.Ledger;
using MallVip.Rules.Members;

namespace MallVip.Rules.Facts;

/// <summary>The one fold, used live and in replay.</summary>
public static class MemberFold
{
    /// <param name="entry">The <c>seq</c> of the entry that the facts stand in.</param>
    public static MemberState Apply(MemberState state, ImmutableArray<Fact> facts, long entry) =>
        ApplyAll(state, facts.AsSpan(), entry);

    /// <inheritdoc cref="Apply(MemberState, ImmutableArray{Fact}, long)"/>
    internal static MemberState ApplyAll(MemberState state, ReadOnlySpan<Fact> facts, long entry)
    {
        while (!facts.IsEmpty)
        {
            var run = LedgerFold.RunOf(facts);
            state = run > 1
                ? LedgerFold.Apply(state, facts[..run], entry)
                : Apply(state, facts[0], entry);
            facts = facts[Math.Max(run, 1)..];
        }

        return state;
    }

    /// <param name="entry">The <c>seq</c> of the entry that the fact stands in.</param>
    public static MemberState Apply(MemberState state, Fact fact, long entry) => fact switch
    {
        Fact.EventCounted => state with { Events = state.Events + 1 },
        Fact.Purchased purchased => EventFold.Apply(state, purchased),
        Fact.Earned earned => LedgerFold.Apply(state, earned, entry),
        Fact.LimitUsed used => LedgerFold.Apply(state, used),
        Fact.Visited visited => state with { Days = state.Days.AddVisit(visited.Mall, visited.Day) },
        Fact.SpentPoints spent => LedgerFold.Apply(state, spent),
        Fact.PointsHeld held => HoldFold.Apply(state, held),
        Fact.HoldEnded ended => HoldFold.Apply(state, ended),
        Fact.Transferred moved => LedgerFold.Apply(state, moved, entry),
        Fact.TransferSent sent => state with { Transfers = state.Transfers.Add(sent.Transfer) },
        Fact.TransferEnded ended => LedgerFold.Apply(state, ended),
        Fact.MergeStarted started => state with { Merge = started.Merge },
        Fact.Absorbed absorbed => MergeFold.Apply(state, absorbed, entry),
        Fact.WalletJoined joined => MergeFold.Apply(state, joined),
        Fact.WalletLeft left => MergeFold.Apply(state, left),
        Fact.MergeEnded ended => MergeFold.Apply(state, ended),
        Fact.Activated activated => LedgerFold.Apply(state, activated),
        Fact.Expired expired => LedgerFold.Apply(state, expired),
        Fact.Extended extended => state with
        {
            Lots = LotBook.Extend(state.Lots, extended.Lots, extended.ExpiresAt),
        },
        Fact.Adjusted adjusted => LedgerFold.Apply(state, adjusted, entry),
        Fact.Returned returned => EventFold.Apply(state, returned),
        Fact.Noted noted => state with { Recent = RecentReceipts.With(state.Recent, [noted.Receipt]) },
        Fact.Reversed reversed => LedgerFold.Apply(state, reversed),
        Fact.TierChanged changed => state with { Tier = ProfileFold.TierAfter(changed) },
        Fact.TagAdded added => state with { Tags = ProfileFold.With(state.Tags, added) },
        Fact.TagRemoved removed => state with { Tags = ProfileFold.Without(state.Tags, removed.Tag) },
        Fact.StatusChanged changed => state with { Status = changed.To },
        Fact.Enrolled enrolled => ProfileFold.Apply(state, enrolled),
        Fact.IdentityLinked linked => state with { Identities = state.Identities.Add(linked.Identity) },
        Fact.IdentityReleased released => ProfileFold.Apply(state, released),
        Fact.IdentityVerified verified => ProfileFold.Apply(state, verified),
        Fact.AttributeSet set => ProfileFold.Apply(state, set),
        Fact.ConsentSet set => ProfileFold.Apply(state, set),
        Fact.Referred referred => state with { Referrer = referred.By },
        Fact.ParkingEntered entered => EventFold.Apply(state, entered),
        Fact.ParkingLeft left => EventFold.Apply(state, left),
        Fact.ParkingUsed used => EventFold.Apply(state, used),
        Fact.EventParked parked =>
            state with
            {
                Parked = state.Parked.Add(new(parked.Store, entry, parked.Event, parked.Until)
                {
                    LookAt = parked.LookAt,
                }),
            },
        Fact.EventSettled settled => EventFold.Apply(state, settled),
        Fact.RefundPostponed postponed => EventFold.Apply(state, postponed),
        Fact.AchievementCounted counted => AchievementFold.Apply(state, counted),
        Fact.AchievementReached reached => AchievementFold.Apply(state, reached),
        Fact.ReferralCompleted completed => ReferralFold.Apply(state, completed),
        Fact.ReferralPostponed postponed => ReferralFold.Apply(state, postponed),
        Fact.ReferralEnded ended => ReferralFold.Apply(state, ended),
        Fact.FriendPurchased => state with { Friends = state.Friends + 1 },
        Fact.Fired fired => ProfileFold.Apply(state, fired),
        Fact.Warned or Fact.Effect or Fact.TransferRefused or Fact.MergeRefused or Fact.BudgetUsed => state,
        _ => CouponFold.Find(state, fact) ?? OrderFold.Find(state, fact) ?? ReviewFold.Find(state, fact)
            ?? throw new InvalidOperationException(
                $"Unknown fact {fact.GetType().Name} in entry {entry} of {state.Id}."),
    };
}
