using System.Text.Json.Serialization;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Members;

/// <summary>
/// What one rule's limit or one wallet's cap has used in one window. Kept until 31 days after the window, so that
/// an event that comes late (30 days at most) still finds what its own day has used.
/// </summary>
/// <param name="Key">A rule's full id (<c>points/base</c>) or <c>wallet:points</c>.</param>
/// <param name="Window">The window's first day (mall-local); <see cref="DateOnly.MinValue"/>: ever.</param>
/// <param name="Ends">The first day after the window; <see cref="DateOnly.MaxValue"/>: never.</param>
[method: JsonConstructor]
public readonly record struct LimitUse(string Key, DateOnly Window, DateOnly Ends, int Times, Points Amount)
{
    /// <summary>Days that a use is kept after its window has ended.</summary>
    public const int KeptDays = 31;

    /// <summary>Whether no event that may still come on <paramref name="day"/> can fall into the window.</summary>
    public bool IsPast(DateOnly day) => Ends.DayNumber < DateOnly.MaxValue.DayNumber - KeptDays
        && Ends.AddDays(KeptDays) <= day;
}
