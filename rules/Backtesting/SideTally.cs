using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Backtesting;

/// <summary>Adds one side of a member up.</summary>
internal sealed class SideTally(BacktestTally tally, bool isAfter)
{
    private string _tier = "";
    private long _net;

    /// <summary>Entries in the time that is compared.</summary>
    public long Entries { get; private set; }

    /// <returns>What the member got of the draft's default wallet: issued less returned.</returns>
    public long Add(MemberReplay side)
    {
        foreach (ref readonly var entry in side.Entries)
        {
            if (!entry.Counts)
                continue;
            Entries++;
            _tier = entry.Before.Tier?.Tier ?? "";
            foreach (var booking in Booking.Of(entry.Facts, entry.Programme))
                Post(booking);
        }

        foreach (var wallet in side.State.Wallets)
            Post(BacktestSections.Points, "held", wallet.Wallet, (wallet.Balance + wallet.Pending).Value);
        foreach (var missing in side.Shortfalls)
            if (missing.Points > Points.Zero)
                Post(BacktestSections.Infeasible, missing.Code, missing.Wallet!, missing.Points.Value);
            else
                Post(BacktestSections.Refused, missing.Code, "", 1);
        return _net;
    }

    private void Post(in Booking at)
    {
        switch (at.Fact)
        {
            case Fact.Earned earned:
                var issued = Of(at, earned.Wallet, earned.Why, earned.Funding);
                issued.Issued += earned.Amount.Value;
                issued.Times++;
                Net(earned.Wallet, earned.Amount.Value);
                break;
            case Fact.Reversed back:
                Of(at, back.Wallet, back.Why, back.Funding).Returned += back.Amount.Value;
                Net(back.Wallet, -back.Amount.Value);
                break;
            case Fact.Expired expired:
                Post(BacktestSections.Points, "expired", expired.Wallet, expired.Amount.Value);
                break;
            case Fact.SpentPoints spent:
                Post(BacktestSections.Points, "spent", spent.Wallet, spent.Amount.Value);
                if (spent.Short > Points.Zero)
                    Post(BacktestSections.Infeasible, "points_short", spent.Wallet, spent.Short.Value);
                break;
            case Fact.Effect effect:
                Post(BacktestSections.Effect, $"{effect.Kind} {effect.Target}", "", 1);
                Fired(effect.Why);
                break;
            case Fact.EventParked { Until: null } parked:
                tally.Wait(parked.Store, parked.Event.Time, isAfter);
                break;
            case Fact.TagAdded added:
                Fired(added.Why);
                break;
            case Fact.TagRemoved removed:
                Fired(removed.Why);
                break;
            case Fact.AttributeSet set:
                Fired(set.Why);
                break;
            case Fact.TierChanged changed:
                Fired(changed.Why);
                break;
            default:
                break;
        }
    }

    private EarnedSums.SideSums Of(in Booking at, string wallet, RuleRef? why, Funding? funding) =>
        tally.Of(new(wallet, why?.Rule ?? "", at.Store ?? "", _tier, funding)).Of(isAfter);

    private void Net(string wallet, long points)
    {
        if (tally.IsDefaultWallet(wallet))
            _net += points;
    }

    private void Fired(RuleRef? why)
    {
        if (why is not null)
            Post(BacktestSections.Fired, why.Rule, "", 1);
    }

    private void Post(string section, string key, string wallet, decimal amount) =>
        tally.Post(new(section, key, "", wallet), amount, isAfter);
}
