using System.Collections.Immutable;

namespace MallVip.Grains.Programmes;

/// <summary>From when on the rules of a published version wait for the events that time makes.</summary>
/// <param name="Since">By type, as <c>member.inactive(60d)</c>; null or absent: for ever.</param>
[GenerateSerializer, Immutable]
public sealed record TimedDates(
    [property: Id(0)] ImmutableSortedDictionary<string, DateTimeOffset?> Since)
{
    /// <summary>Nothing is dated: all is waited for since ever.</summary>
    public static TimedDates None { get; } =
        new(ImmutableSortedDictionary.Create<string, DateTimeOffset?>(StringComparer.Ordinal));

    /// <summary>The rules with which a history begins have always been there.</summary>
    public static TimedDates First(IEnumerable<string> types) => Of(types, static _ => null);

    /// <summary>
    /// The dates of the version that comes next: what was waited for until then keeps its date, the rest
    /// begins.
    /// </summary>
    /// <param name="types">What the next version waits for.</param>
    /// <param name="effective">When it takes effect.</param>
    public TimedDates Next(IEnumerable<string> types, DateTimeOffset effective) =>
        Of(types, type => Since.TryGetValue(type, out var since) ? since : effective);

    public bool Equals(TimedDates? other) => other is not null && Since.SequenceEqual(other.Since);

    public override int GetHashCode() => Since.Count;

    private static TimedDates Of(IEnumerable<string> types, Func<string, DateTimeOffset?> since) =>
        new(types.ToImmutableSortedDictionary(type => type, since, StringComparer.Ordinal));
}
