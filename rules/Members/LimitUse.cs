using System.Text.Json.Serialization;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Members;

/// <summary>
/// What one rule's limit or one wallet's cap has used in one window. Kept until 31 days after the window, so
/// that an event that comes late (30 days at most) still finds what its own day has used. 24 bytes.
/// </summary>
public readonly record struct LimitUse
{
    /// <summary>Days that a use is kept after its window has ended.</summary>
    public const int KeptDays = 31;

    private readonly ushort _days;
    private readonly ushort _times;

    [JsonConstructor]
    public LimitUse(string key, DateOnly window, DateOnly ends, int times, Points amount)
    {
        (Key, Window, Amount) = (key, window, amount);
        _days = ends == DateOnly.MaxValue ? (ushort)0 : checked((ushort)(ends.DayNumber - window.DayNumber));
        _times = (ushort)Math.Clamp(times, 0, ushort.MaxValue);
    }

    /// <summary>A rule's full id (<c>points/base</c>) or <c>wallet:points</c>.</summary>
    public string Key { get; }

    /// <summary>The window's first day (mall-local); <see cref="DateOnly.MinValue"/>: ever.</summary>
    public DateOnly Window { get; }

    /// <summary>The first day after the window; <see cref="DateOnly.MaxValue"/>: never.</summary>
    public DateOnly Ends => _days == 0 ? DateOnly.MaxValue : Window.AddDays(_days);

    /// <summary>Times that the rule acted; 65,535 stands for that many or more.</summary>
    public int Times => _times;

    public Points Amount { get; }

    /// <summary>
    /// Whether no event that may still come on <paramref name="day"/> can fall into the window.
    /// </summary>
    public bool IsPast(DateOnly day) => _days > 0 && Window.DayNumber + _days + KeptDays <= day.DayNumber;

    /// <summary>The use with more of it, or (negative) less.</summary>
    public LimitUse Add(int times, Points amount) => new(Key, Window, Ends, Times + times, Amount + amount);
}
