using System.Globalization;
using MallVip.Rules.Events;

namespace MallVip.Rules.Programmes;

/// <summary>An event that time makes for rules that wait for it, as <c>member.inactive(60d)</c>.</summary>
/// <param name="Type">As rules write it; the type of the event.</param>
/// <param name="Days">1 to <see cref="MostDays"/>.</param>
public sealed record TimedEvent(string Type, TimedKind Kind, int Days)
{
    /// <summary>
    /// From when on rules wait for it: what came to pass before is not made up for. Default: they always did.
    /// </summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>As far as days are kept.</summary>
    public const int MostDays = Members.DayLog.RetentionDays;

    /// <summary>Null: the text names no such event or no number of days.</summary>
    public static TimedEvent? Parse(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || !text.EndsWith("d)", StringComparison.Ordinal) ||
            KindOf(text[..open]) is not { } kind)
            return null;
        return int.TryParse(text.AsSpan(open + 1, text.Length - open - 3), NumberStyles.None,
            CultureInfo.InvariantCulture, out var days) && days is > 0 and <= MostDays
            ? new(text, kind, days)
            : null;
    }

    /// <summary>The kind that a type without its days names; null: none.</summary>
    public static TimedKind? KindOf(string type) => type switch
    {
        EventTypes.MemberInactive => TimedKind.Inactive,
        EventTypes.PointsExpiring => TimedKind.Expiring,
        EventTypes.TierEnding => TimedKind.TierEnding,
        EventTypes.CouponExpiring => TimedKind.CouponExpiring,
        _ => null,
    };
}

/// <summary>What an event of time tells, in the order in which they fire at one instant.</summary>
public enum TimedKind
{
    /// <summary>So many days have passed since the member's last day in a mall.</summary>
    Inactive,
    /// <summary>Points of a wallet lapse in so many days.</summary>
    Expiring,
    /// <summary>The tier ends in so many days.</summary>
    TierEnding,
    /// <summary>Coupons of a template that may still be used end in so many days.</summary>
    CouponExpiring,
}
