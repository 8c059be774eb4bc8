using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Backtesting;

/// <summary>Adds one side of a member up.</summary>
internal sealed class SideTally(BacktestTally tally, bool isAfter)
{
    private string _tier = "";
    private long _net;

    /// <returns>What the member got of the draft's default wallet: issued less returned.</returns>
    public long Add(MemberReplay side)
    {
        foreach (var entry in side.Entries)
        {
            if (!entry.Counts)
                continue;
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
                Post(BacktestSections.Points, "issued", earned.Wallet, earned.Amount.Value);
                Net(at, earned.Wallet, earned.Amount.Value, earned.Why, earned.Funding);
                Fired(earned.Why);
                break;
            case Fact.Reversed back:
                Post(BacktestSections.Points, "returned", back.Wallet, back.Amount.Value);
                Net(at, back.Wallet, -back.Amount.Value, back.Why, back.Funding);
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
                Post(BacktestSections.Waiting, parked.Store, "", 1);
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

    /// <summary>Points issued, or returned below 0, in each of the ways in which they are split.</summary>
    private void Net(in Booking at, string wallet, long points, RuleRef? why, Funding? funding)
    {
        Post(BacktestSections.Rule, why?.Rule ?? "", wallet, points);
        Post(BacktestSections.Tier, _tier, wallet, points);
        Post(BacktestSections.Store, at.Store ?? "", wallet, points);
        var paid = funding ?? Funding.ByMall;
        Part(wallet, points, Funding.Payers[0], paid.Mall);
        Part(wallet, points, Funding.Payers[1], paid.Store);
        Part(wallet, points, Funding.Payers[2], paid.Brand);
        if (tally.IsDefaultWallet(wallet))
            _net += points;
    }

    private void Part(string wallet, long points, string payer, int percent)
    {
        if (percent > 0)
            Post(BacktestSections.Payer, payer, wallet, (decimal)points * percent / 100);
    }

    private void Fired(RuleRef? why)
    {
        if (why is not null)
            Post(BacktestSections.Fired, why.Rule, "", 1);
    }

    private void Post(string section, string key, string wallet, decimal amount) =>
        tally.Post(new(section, key, "", wallet), amount, isAfter);
}
