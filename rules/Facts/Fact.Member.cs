using System.Collections.Immutable;
using MallVip.Rules.Events;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Facts;

/// <summary>Facts about who the member is: enrolment, identities, attributes, tier and tags.</summary>
public abstract partial record Fact
{
    public sealed record Enrolled(
        [property: Name("m")] MemberId Member,
        [property: Name("at")] DateTimeOffset At,
        [property: Name("mall")] string? Mall,
        ImmutableArray<IdentityRef> Identities,
        ImmutableSortedDictionary<string, FieldValue>? Attributes) : Fact
    {
        [Name("ids")]
        public ImmutableArray<IdentityRef> Identities { get; init; } = Identities.IsDefault ? [] : Identities;

        /// <summary>As declared, personal ones as handles; null: none.</summary>
        [Name("attrs")]
        public ImmutableSortedDictionary<string, FieldValue>? Attributes { get; init; } =
            Attributes is { Count: > 0 } ? Attributes : null;
    }

    public sealed record IdentityLinked([property: Name("id")] IdentityRef Identity) : Fact;

    /// <summary>The member has given the identity up.</summary>
    public sealed record IdentityReleased(
        [property: Name("id")] IdentityRef Identity, [property: Name("text")] string Reason) : Fact;

    /// <summary>The identity was checked to be the member's.</summary>
    /// <param name="At">When; null: it does not count as checked any more.</param>
    public sealed record IdentityVerified(
        [property: Name("id")] IdentityRef Identity,
        [property: Name("at")] DateTimeOffset? At,
        [property: Name("v")] IdentityProof? Proof) : Fact;

    /// <summary>An attribute has a value, or (null) none any more.</summary>
    /// <param name="Why">The rule; null: an event or a command brought it.</param>
    public sealed record AttributeSet(
        [property: Name("n")] string Name, [property: Name("v")] FieldValue? Value,
        [property: Name("y")] RuleRef? Why = null) : Fact;

    /// <summary>The member agreed to a purpose, or withdrew.</summary>
    /// <param name="At">When the member said so: the event's own time.</param>
    public sealed record ConsentSet(
        [property: Name("n")] string Purpose,
        [property: Name("v")] bool Granted,
        [property: Name("at")] DateTimeOffset At) : Fact;

    /// <summary>Who brought the member. Once in a member's life.</summary>
    public sealed record Referred([property: Name("by")] IdentityRef By) : Fact;

    /// <summary>An operator has set the member's status.</summary>
    public sealed record StatusChanged([property: Name("to")] StatusState To) : Fact;

    /// <summary>The tier, its end or what lies beneath it is another.</summary>
    /// <param name="At">When.</param>
    /// <param name="Cause"><c>enrol</c>, <c>event</c>, <c>adjust</c>, <c>validity</c>, <c>grace</c> (begun,
    /// or kept within it), <c>opening</c>, <c>rule</c>, <c>hand</c>, <c>grant-ended</c>,
    /// <c>merge</c>, <c>reassessed</c> or <c>return</c>.</param>
    /// <param name="Why">The rule of cause <c>rule</c>.</param>
    public sealed record TierChanged(
        [property: Name("from")] string? From,
        [property: Name("to")] string? To,
        [property: Name("at")] DateTimeOffset At,
        [property: Name("until")] DateTimeOffset? Until,
        [property: Name("by")] string Cause,
        [property: Name("y")] RuleRef? Why = null) : Fact
    {
        /// <summary>Since when the member has the tier; null: since <see cref="At"/>.</summary>
        [Name("s")]
        public DateTimeOffset? Since { get; init; }

        /// <summary>The end of the validity whose days of grace run; null: none do.</summary>
        [Name("gr")]
        public DateTimeOffset? Grace { get; init; }

        /// <summary>The tier was given, over this; null: it was earned.</summary>
        [Name("g")]
        public TierGrant? Grant { get; init; }
    }

    public sealed record TagAdded(
        [property: Name("n")] string Tag,
        [property: Name("at")] DateTimeOffset At,
        [property: Name("until")] DateTimeOffset? Until,
        [property: Name("y")] RuleRef? Why) : Fact;

    /// <param name="Cause"><c>ended</c>, <c>rule</c> or <c>hand</c>.</param>
    public sealed record TagRemoved(
        [property: Name("n")] string Tag,
        [property: Name("by")] string Cause,
        [property: Name("y")] RuleRef? Why) : Fact;

    /// <summary>Events of one kind that time makes have been fired up to this instant.</summary>
    /// <param name="Event">As rules write it, <c>member.inactive(60d)</c>; null: birthdays.</param>
    public sealed record Fired(
        [property: Name("at")] DateTimeOffset Through,
        [property: Name("k")] string? Event = null) : Fact;

    /// <summary>
    /// Accepted, but somebody should look: a code of the list in <c>docs/errors.md</c>, and a detail.
    /// </summary>
    public sealed record Warned(
        [property: Name("c")] string Code,
        [property: Name("text")] string Detail,
        [property: Name("y")] RuleRef? Why) : Fact;
}
