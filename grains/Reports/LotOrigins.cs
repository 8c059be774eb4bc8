using System.Runtime.InteropServices;
using MallVip.Rules.Facts;

namespace MallVip.Grains.Reports;

/// <summary>Where points come from: the rule that gave them, and the store and mall of what it gave them for.
/// Null: none, as of opening balances, corrections and what other members gave.</summary>
internal readonly record struct PointsOrigin(string? Mall, string? Store, string? Rule)
{
    /// <summary>Where a fact belongs, by a rule; null: by none.</summary>
    public static PointsOrigin Of(in Booking at, RuleRef? rule) => new(at.Mall, at.Store, rule?.Rule);
}

/// <summary>
/// One member's lots, each split by where its points come from. Points with the same dates share a lot, and
/// inside it the oldest go first; a return takes those of its own rule and store. Lines of one origin are one
/// here: a report holds the lots of all members at once.
/// </summary>
internal sealed class LotOrigins
{
    private readonly Dictionary<int, List<Share>> _lots = [];
    private int _newestLot;
    private int _joinedFrom;

    /// <summary>Books the next fact.</summary>
    /// <param name="at">The fact and its place.</param>
    /// <param name="others">The lots of another member, who becomes a part of this one.</param>
    /// <returns>What has lapsed, by where it came from; empty for other facts.</returns>
    public IReadOnlyList<(PointsOrigin From, long Points)> Post(
        in Booking at, Func<Fact.WalletJoined, LotOrigins> others)
    {
        switch (at.Fact)
        {
            case Fact.Earned earned:
                Put(earned.Lot, PointsOrigin.Of(at, earned.Why), earned.Amount.Value);
                Take(earned.Lot, earned.Settled.Value);
                break;
            case Fact.Activated activated:
                Take(activated.Lot, activated.Settled.Value);
                break;
            case Fact.Expired expired:
                return Take(expired.Lot, expired.Amount.Value);
            case Fact.SpentPoints spent:
                Take(spent.Parts);
                break;
            case Fact.Adjusted adjusted:
                Move(adjusted.Lot, adjusted.Amount.Value, adjusted.Settled.Value, adjusted.Parts);
                break;
            case Fact.Transferred moved:
                Move(moved.Lot, moved.Amount.Value, moved.Settled.Value, moved.Parts);
                break;
            case Fact.Reversed reversed:
                foreach (var part in reversed.Parts)
                    Take(part.Lot, part.Lot == reversed.Lot
                        ? TakeOwn(part, PointsOrigin.Of(at, reversed.Why)) : part.Amount.Value);
                break;
            case Fact.Absorbed absorbed:
                (_joinedFrom, _newestLot) = (_newestLot, _newestLot + absorbed.State.NextLot - 1);
                break;
            case Fact.WalletJoined joined:
                Join(joined, others(joined));
                break;
            default:
                break;
        }

        return [];
    }

    private void Move(int? lot, long amount, long settled, IReadOnlyList<LotPart> parts)
    {
        if (lot is { } number)
        {
            Put(number, default, amount);
            Take(number, settled);
        }
        else
        {
            Take(parts);
        }
    }

    private void Join(Fact.WalletJoined joined, LotOrigins other)
    {
        foreach (var lot in joined.Lots)
            if (other._lots.Remove(lot.Number - _joinedFrom, out var shares))
                _lots[lot.Number] = shares;
        Take(joined.Settled);
    }

    private void Put(int number, PointsOrigin origin, long amount)
    {
        _newestLot = Math.Max(_newestLot, number);
        if (!_lots.TryGetValue(number, out var shares))
            _lots.Add(number, shares = []);
        if (shares.Count > 0 && shares[^1].From == origin)
            CollectionsMarshal.AsSpan(shares)[^1].Left += amount;
        else
            shares.Add(new(origin, amount));
    }

    private void Take(IEnumerable<LotPart> parts)
    {
        foreach (var part in parts)
            Take(part.Lot, part.Amount.Value);
    }

    /// <summary>Takes points of one origin; answers what of them is still to be found elsewhere.</summary>
    private long TakeOwn(LotPart part, PointsOrigin origin)
    {
        var left = part.Amount.Value;
        if (_lots.TryGetValue(part.Lot, out var shares))
            for (var i = shares.Count - 1; i >= 0 && left > 0; i--)
                if (shares[i].From == origin)
                    left -= CollectionsMarshal.AsSpan(shares)[i].Take(left);
        return left;
    }

    /// <summary>Takes points out of a lot, the oldest first. What a lot is not known to hold comes from
    /// nowhere.
    /// </summary>
    private List<(PointsOrigin, long)> Take(int number, long amount)
    {
        if (amount == 0)
            return [];
        if (!_lots.TryGetValue(number, out var shares))
            return [(default, amount)];
        var taken = new List<(PointsOrigin, long)>();
        foreach (ref var share in CollectionsMarshal.AsSpan(shares))
        {
            if (share.Take(amount) is not (> 0 and var some))
                continue;
            taken.Add((share.From, some));
            amount -= some;
        }

        shares.RemoveAll(static share => share.Left == 0);
        if (shares.Count == 0)
            _lots.Remove(number);
        if (amount > 0)
            taken.Add((default, amount));
        return taken;
    }

    /// <summary>Points of one origin in a lot.</summary>
    private record struct Share(PointsOrigin From, long Left)
    {
        /// <summary>Takes so many, or what is left.</summary>
        public long Take(long amount)
        {
            var taken = Math.Min(amount, Left);
            Left -= taken;
            return taken;
        }
    }
}
