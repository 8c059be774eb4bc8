using System.Collections.Immutable;
using System.Globalization;
using MallVip.Grains.Identities;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Silo.Verify;

/// <summary>
/// Holds identities and members together: who holds an identity for good has it, and what a member has is
/// held by nobody else. What is pledged is under way, and a claim of somebody who never enrolled waits to be
/// finished.
/// </summary>
internal sealed class IdentityAudit
{
    private readonly Dictionary<string, Hold> _identities = new(StringComparer.Ordinal);
    private readonly Dictionary<UInt128, HashSet<string>> _members = [];
    private readonly Dictionary<UInt128, UInt128> _merged = [];

    /// <summary>What does not fit, one sentence each. Asked at the end.</summary>
    public IEnumerable<string> Problems => Strays().Concat(Unheld());

    /// <summary>Takes in an entry of an identity.</summary>
    public void Visit(UInt128 identity, ImmutableArray<IdentityFact> facts)
    {
        var handle = identity.ToString("x32", CultureInfo.InvariantCulture);
        foreach (var fact in facts)
        {
            var before = _identities.GetValueOrDefault(handle);
            switch (fact)
            {
                case IdentityFact.Claimed claimed:
                    _identities[handle] = new(claimed.Member.Value, claimed.Pledge is not null);
                    break;
                case IdentityFact.Confirmed:
                    _identities[handle] = before with { IsPledged = false };
                    break;
                case IdentityFact.Released:
                    _identities[handle] = default;
                    break;
                case IdentityFact.Moved moved:
                    _identities[handle] = before with { Member = moved.Member.Value };
                    break;
                default:
                    break;
            }
        }
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
                    Of(member).Add(linked.Identity.Handle);
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

    private static string HandleOf(IdentityRef identity) => identity.Handle;

    private IEnumerable<string> Strays() =>
        from pair in _identities
        where pair.Value is { Member: not null, IsPledged: false }
        let holder = Last(pair.Value.Member!.Value)
        where _members.TryGetValue(holder, out var has) && !has.Contains(pair.Key)
        select $"identity {pair.Key}: identity: its holder {new MemberId(holder)} does not have it.";

    private IEnumerable<string> Unheld() =>
        from member in _members
        from handle in member.Value
        where _identities.TryGetValue(handle, out var hold) && !hold.IsPledged
            && (hold.Member is not { } holder || Last(holder) != member.Key)
        select $"identity {handle}: identity: {new MemberId(member.Key)} has it and does not hold it.";

    private UInt128 Last(UInt128 member)
    {
        while (_merged.TryGetValue(member, out var into))
            member = into;
        return member;
    }

    private HashSet<string> Of(UInt128 member) =>
        _members.TryGetValue(member, out var has) ? has
            : _members[member] = new(StringComparer.Ordinal);

    /// <param name="Member">Null: nobody.</param>
    private readonly record struct Hold(UInt128? Member, bool IsPledged);
}
