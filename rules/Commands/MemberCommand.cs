using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MallVip.Rules.Events;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Commands;

/// <summary>All that can be asked of a member. A feature adds one record here and one arm in the decider.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "c")]
[JsonDerivedType(typeof(Enrol), "enrol")]
[JsonDerivedType(typeof(RecordEvent), "event")]
[JsonDerivedType(typeof(Spend), "spend")]
[JsonDerivedType(typeof(Adjust), "adjust")]
[JsonDerivedType(typeof(AddTag), "tag")]
[JsonDerivedType(typeof(RemoveTag), "untag")]
[JsonDerivedType(typeof(LinkIdentity), "link")]
[JsonDerivedType(typeof(OpenAccount), "open")]
[JsonDerivedType(typeof(FireDue), "due")]
[JsonDerivedType(typeof(SettleParked), "settle")]
public abstract record MemberCommand
{
    private MemberCommand()
    {
    }

    /// <summary>Makes the member. Attributes are typed as declared, personal ones are handles.</summary>
    public sealed record Enrol(
        MemberId Member,
        DateTimeOffset At,
        string? Mall,
        ImmutableArray<IdentityRef> Identities,
        ImmutableSortedDictionary<string, FieldValue> Attributes) : MemberCommand;

    /// <summary>An event for this member.</summary>
    public sealed record RecordEvent(MallEvent Event) : MemberCommand;

    /// <summary>Uses points at a desk or in an app. <paramref name="Amount"/> is positive.</summary>
    public sealed record Spend(string Wallet, Points Amount, string Reason) : MemberCommand;

    /// <summary>Corrects a balance by hand, either way; the reason is on record. Not zero.</summary>
    public sealed record Adjust(string Wallet, Points Amount, string Reason, DateTimeOffset? ExpiresAt) : MemberCommand;

    public sealed record AddTag(string Tag, DateTimeOffset? Until, string? Reason) : MemberCommand;

    public sealed record RemoveTag(string Tag, string? Reason) : MemberCommand;

    /// <summary>Records that an identity, already claimed at its own grain, is this member's.</summary>
    public sealed record LinkIdentity(IdentityRef Identity) : MemberCommand;

    /// <summary>Opening balances and tier of a member who comes from another system. Enrols as well.</summary>
    public sealed record OpenAccount(Enrol Enrolment, ImmutableArray<OpeningLot> Lots, string? Tier, DateTimeOffset? TierUntil)
        : MemberCommand;

    /// <summary>A timer: fire what is due. Stale if nothing is.</summary>
    public sealed record FireDue : MemberCommand;

    /// <summary>Decides parked purchases whose stores are declared by now.</summary>
    public sealed record SettleParked : MemberCommand;
}

/// <summary>Points that a member brings along. An active lot has no <paramref name="ActivatesAt"/>.</summary>
public sealed record OpeningLot(
    string Wallet, Points Amount, DateTimeOffset? ActivatesAt, DateTimeOffset? ExpiresAt);
