using System.Collections.Immutable;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Due;

/// <summary>
/// All that a programme says about when members have work: the events of time that its rules wait for, and
/// the zones whose midnights count. Everything else that is due stands in the member's state.
/// </summary>
/// <param name="Timed">From when on each event is waited for, by type; the default instant: for ever.</param>
/// <param name="Zones">Names of zones by mall; under the empty name that of all others.</param>
public sealed record DueOutlook(
    ImmutableSortedDictionary<string, DateTimeOffset> Timed, ImmutableSortedDictionary<string, string> Zones)
{
    public static DueOutlook Of(Programme programme) => new(
        programme.Timed.ToImmutableSortedDictionary(
            timed => timed.Type, timed => timed.Since, StringComparer.Ordinal),
        programme.Malls.Values.ToImmutableSortedDictionary(
            mall => mall.Id, mall => mall.Zone.Id, StringComparer.Ordinal)
            .SetItem("", programme.Zone.Id));

    /// <summary>
    /// Whether some member's next due instant may be earlier than under another programme. An event that is
    /// waited for since another instant had been dropped in between, and counts as new; of a zone that has
    /// changed it is not asked in which direction.
    /// </summary>
    public bool MayBeEarlierThan(DueOutlook before)
    {
        foreach (var (type, since) in Timed)
            if (!before.Timed.TryGetValue(type, out var old) || old != since)
                return true;
        return Zones.Keys.Union(before.Zones.Keys, StringComparer.Ordinal)
            .Any(mall => ZoneOf(mall) != before.ZoneOf(mall));
    }

    /// <summary>Whether neither may be earlier than the other.</summary>
    public bool IsAs(DueOutlook other) => !MayBeEarlierThan(other) && !other.MayBeEarlierThan(this);

    private string ZoneOf(string mall) => Zones.GetValueOrDefault(mall) ?? Zones[""];
}
