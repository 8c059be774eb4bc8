using System.Collections.Immutable;
using System.Globalization;
using MallVip.Grains.Identities;
using MallVip.Rules.Facts;
using MallVip.Rules.Identities;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Silo.Verify;

/// <summary>
/// Holds identities and members together: who holds an identity for good has it, and what a member has it
/// holds, alone or in its place among those who share it. What is pledged is under way, and a claim of
/// somebody who never enrolled waits to be finished. An order names those who held it then, each once.
/// </summary>
internal sealed class IdentityAudit
{
    private readonly Dictionary<string, Hold> _identities = new(StringComparer.Ordinal);
    private readonly Dictionary<UInt128, HashSet<string>> _members = [];
    private readonly Dictionary<UInt128, UInt128> _merged = [];
    private readonly Dictionary<string, string> _kinds = new(StringComparer.Ordinal);
    private readonly List<string> _orders = [];

    /// <summary>What does not fit, one sentence each. Asked at the end.</summary>
    public IEnumerable<string> Problems => Strays().Concat(Unheld()).Concat(Crowds()).Concat(_orders);

    /// <summary>Takes in an entry of an identity.</summary>
    public void Visit(UInt128 identity, ImmutableArray<IdentityFact> facts)
    {
        var handle = identity.ToString("x32", CultureInfo.InvariantCulture);
        foreach (var fact in facts)
        {
            var before = _identities.GetValueOrDefault(handle, Hold.Free);
            _identities[handle] = fact switch
            {
                IdentityFact.Claimed claimed =>
                    before.Join(claimed.Member.Value, claimed.Pledge is not null),
                IdentityFact.Confirmed => before with { Pledged = null },
                IdentityFact.Released => new(
                    before.Pledged is { } gone ? before.Members.Remove(gone) : [], null),
                IdentityFact.Moved moved => before.Move(
                    moved.From?.Value ?? before.Members.FirstOrDefault(), moved.Member.Value),
                IdentityFact.Ordered ordered => Order(handle, before, ordered),
                _ => before,
            };
        }
    }

    private Hold Order(string handle, Hold before, IdentityFact.Ordered ordered)
    {
        var members = ordered.Members.Select(member => member.Value).ToImmutableArray();
        if (!members.Order().SequenceEqual(before.Members.Order()))
            _orders.Add($"identity {handle}: identity: its order is not of those who hold it.");
        return before with { Members = members };
    }

    /// <summary>Takes in an entry of a member.</summary>
    public void VisitMember(UInt128 member, ImmutableArray<Fact> facts)
    {
        foreach (var fact in facts)
        {
            switch (fact)
            {
                case Fact.Enrolled enrolled:
                    Of(member).UnionWith(enrolled.Identities.Select(HandleOf));
                    break;
                case Fact.IdentityLinked linked:
                    Of(member).Add(HandleOf(linked.Identity));
                    break;
                case Fact.IdentityReleased released:
                    Of(member).Remove(released.Identity.Handle);
                    break;
                case Fact.Absorbed absorbed:
                    Of(member).UnionWith(absorbed.State.Identities.Select(HandleOf));
                    _members.Remove(absorbed.Member.Value);
                    _merged[absorbed.Member.Value] = member;
                    break;
                default:
                    break;
            }
        }
    }

    private string HandleOf(IdentityRef identity)
    {
        _kinds[identity.Handle] = identity.Kind;
        return identity.Handle;
    }

    private IEnumerable<string> Strays() =>
        from pair in _identities
        from member in pair.Value.Members
        where member != pair.Value.Pledged
        let holder = Last(member)
        where _members.TryGetValue(holder, out var has) && !has.Contains(pair.Key)
        select $"identity {pair.Key}: identity: its holder {new MemberId(holder)} does not have it.";

    private IEnumerable<string> Unheld() =>
        from member in _members
        from handle in member.Value
        where _identities.TryGetValue(handle, out var hold)
            && !hold.Members.Any(holder => Last(holder) == member.Key)
        select $"identity {handle}: identity: {new MemberId(member.Key)} has it and does not hold it.";

    private IEnumerable<string> Crowds() =>
        from pair in _identities
        let most = !_kinds.TryGetValue(pair.Key, out var kind) || IdentityText.MayBeShared(kind)
            ? IdentityState.MostHolders : 1
        where pair.Value.Members.Length > most
        select $"identity {pair.Key}: identity: {pair.Value.Members.Length} members hold it, {most} may.";

    private UInt128 Last(UInt128 member)
    {
        while (_merged.TryGetValue(member, out var into))
            member = into;
        return member;
    }

    private HashSet<string> Of(UInt128 member) =>
        _members.TryGetValue(member, out var has) ? has
            : _members[member] = new(StringComparer.Ordinal);

    /// <param name="Members">In their order; empty: nobody.</param>
    /// <param name="Pledged">Whose claim may still be undone; null: nobody's.</param>
    private readonly record struct Hold(ImmutableArray<UInt128> Members, UInt128? Pledged)
    {
        public static readonly Hold Free = new([], null);

        public Hold Join(UInt128 member, bool isPledged) => new(
            Members.Contains(member) ? Members : Members.Add(member), isPledged ? member : null);

        /// <summary>Who stands twice then keeps the earlier place.</summary>
        public Hold Move(UInt128 from, UInt128 into) => new(
            [.. Members.Select(member => member == from ? into : member).Distinct()],
            Pledged == from ? into : Pledged);
    }
}
