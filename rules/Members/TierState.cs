using System.Text.Json.Serialization;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Members;

/// <summary>The member's tier. Instants are kept as ticks: every resident member has one.</summary>
public sealed record TierState
{
    private readonly long _since;
    private readonly long _until;
    private readonly long _grace;

    [JsonConstructor]
    public TierState(string tier, DateTimeOffset since, DateTimeOffset? until) =>
        (Tier, Since, Until) = (tier, since, until);

    [Name("tier")]
    public string Tier { get; init; }

    [Name("since")]
    public DateTimeOffset Since { get => new(_since, TimeSpan.Zero); init => _since = value.UtcTicks; }

    /// <summary>The first instant at which it is asked again; null: no end.</summary>
    [Name("until")]
    public DateTimeOffset? Until { get => Read(_until); init => _until = value?.UtcTicks ?? 0; }

    /// <summary>The end of the validity whose days of grace run until <see cref="Until"/>; null: none
    /// do.</summary>
    [Name("gr")]
    public DateTimeOffset? Grace { get => Read(_grace); init => _grace = value?.UtcTicks ?? 0; }

    /// <summary>It was given until <see cref="Until"/>; null: it was earned.</summary>
    [Name("g")]
    public TierGrant? Grant { get; init; }

    private static DateTimeOffset? Read(long ticks) =>
        ticks == 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}

/// <summary>That a tier was given, by hand or by a rule.</summary>
/// <param name="Earned">What the member has earned beneath it; null: no tier. Has no grant itself.</param>
/// <param name="Reason">What the operator gave; null: a rule gave it.</param>
/// <param name="Over">The tier that had been given before and that this one hides, without what was earned;
/// it comes to light when this one is taken back. Null: none.</param>
public sealed record TierGrant(
    [property: Name("e")] TierState? Earned, [property: Name("text")] string? Reason = null,
    [property: Name("o")] TierState? Over = null);
