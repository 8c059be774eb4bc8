using System.Collections.Immutable;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Silo.Verify;

/// <summary>
/// Holds both ends of every referral together: a friend's first purchase is heard of by one referrer, once,
/// and whoever was told of it has an entry that says so.
/// </summary>
internal sealed class ReferralAudit
{
    private readonly HashSet<UInt128> _completed = [];
    private readonly Dictionary<UInt128, int> _heard = [];
    private readonly HashSet<UInt128> _told = [];
    private readonly Dictionary<UInt128, UInt128> _friends = [];

    /// <summary>One sentence each. Asked at the end.</summary>
    public IEnumerable<string> Problems =>
    [
        .. _heard.Where(friend => friend.Value > 1).Select(friend =>
            $"referral {new MemberId(friend.Key)}: referral: heard of {friend.Value} times."),
        .. _heard.Keys.Where(friend => !_completed.Contains(friend)).Select(friend =>
            $"referral {new MemberId(friend)}: referral: heard of, but there is no first purchase."),
        .. _told.Where(friend => !_heard.ContainsKey(friend)).Select(friend =>
            $"referral {new MemberId(friend)}: referral: told, but nobody has heard of it."),
    ];

    /// <summary>Takes in an entry.</summary>
    /// <param name="member">Whose it is.</param>
    public void Visit(UInt128 member, ImmutableArray<Fact> facts)
    {
        foreach (var fact in facts)
            switch (fact)
            {
                case Fact.ReferralCompleted:
                    _completed.Add(_friends.TryAdd(member, member) ? member : _friends[member]);
                    break;
                case Fact.ReferralEnded { How: "told" }:
                    _told.Add(_friends[member]);
                    break;
                case Fact.FriendPurchased friend:
                    _heard[friend.Friend.Value] = _heard.GetValueOrDefault(friend.Friend.Value) + 1;
                    break;
                case Fact.Absorbed { State.Referral: { } carried } when !_friends.ContainsKey(member):
                    _friends.Add(member, carried.Friend.Value);
                    break;
                default:
                    break;
            }
    }
}
