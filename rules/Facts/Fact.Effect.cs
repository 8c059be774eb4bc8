using System.Collections.Immutable;
using MallVip.Rules.Events;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Facts;

/// <summary>What rules ask for that others carry out.</summary>
public abstract partial record Fact
{
    /// <summary>
    /// A rule asked for a coupon, a message, a journey. Recorded once, with the event that caused it; whoever
    /// carries it out reads it from the journal.
    /// </summary>
    /// <param name="Target">What <c>programme.yaml</c> declares under the kind's key; an alert's own
    /// name.</param>
    public sealed record Effect(
        [property: Name("e")] EffectKind Kind,
        [property: Name("n")] string Target,
        ImmutableSortedDictionary<string, FieldValue>? Data,
        [property: Name("y")] RuleRef? Why) : Fact
    {
        /// <summary>By name; personal values are handles. Null: none.</summary>
        [Name("d")]
        public ImmutableSortedDictionary<string, FieldValue>? Data { get; init; } =
            Data is { Count: > 0 } ? Data.WithComparers(StringComparer.Ordinal) : null;
    }
}
