using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Due;

/// <summary>The zone of what time brings a member: the home mall's, else the programme's.</summary>
internal static class MemberZone
{
    /// <summary>
    /// Midnights that lie closer together than this are one day's in two zones: a day has 23 hours at least.
    /// </summary>
    public static readonly TimeSpan SameMidnight = TimeSpan.FromHours(20);

    public static TimeZoneInfo Of(MemberState state, Programme programme) =>
        state.HomeMall is { } home && programme.Malls.TryGetValue(home, out var mall) ? mall.Zone
            : programme.Zone;
}
