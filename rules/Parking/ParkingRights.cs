using System.Collections.Immutable;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Parking;

/// <summary>What of a day's free time a member has left.</summary>
public static class ParkingRights
{
    /// <summary>Days whose use is remembered, before the newest one: time of older days is not given.
    /// </summary>
    public const int Days = 60;

    /// <summary>Under which name a member's use of an entitlement is counted; null: it is not of a
    /// day.</summary>
    public static string? KeyOf(string source, string mall) => source switch
    {
        ParkingEntitlement.OfTier.Word => source,
        ParkingEntitlement.OfSpend.Word => $"{source}:{mall}",
        _ => null,
    };

    /// <summary>Minutes of a day that are left; 0 where none were ever given. What was used counts on against
    /// what is given after a return.</summary>
    public static int Left(MemberState member, Programme programme, string source, string mall, DateOnly day)
    {
        if (KeyOf(source, mall) is not { } key || IsForgotten(member, day))
            return 0;
        var given = 0;
        foreach (var entitlement in programme.ParkingEntitlements)
            if (entitlement.Source == source)
                given += GivenBy(entitlement, member, mall, day);
        foreach (var use in member.ParkingUses)
            if (use.Source == key && use.Day == day)
                given -= use.Minutes;
        return Math.Max(0, given);
    }

    /// <summary>The uses with more of them, days that are too old left out.</summary>
    internal static ImmutableArray<ParkingUse> With(
        ImmutableArray<ParkingUse> uses, IEnumerable<ParkingUse> more)
    {
        foreach (var use in more)
        {
            var at = -1;
            for (var i = 0; i < uses.Length; i++)
                if (uses[i].Source == use.Source && uses[i].Day == use.Day)
                    at = i;
            uses = at < 0 ? uses.Add(use)
                : uses.SetItem(at, use with { Minutes = use.Minutes + uses[at].Minutes });
        }

        var newest = uses.Max(use => use.Day);
        return newest is { } day ? uses.RemoveAll(use => use.Day < day.AddDays(-Days)) : uses;
    }

    private static bool IsForgotten(MemberState member, DateOnly day)
    {
        foreach (var use in member.ParkingUses)
            if (use.Day > day.AddDays(Days))
                return true;
        return false;
    }

    private static int GivenBy(
        ParkingEntitlement entitlement, MemberState member, string mall, DateOnly day) =>
        entitlement switch
        {
            ParkingEntitlement.OfTier tier => member.Tier?.Tier == tier.Tier ? tier.Minutes : 0,
            ParkingEntitlement.OfSpend spend => OfSpend(spend, member.Days.Spent(day, day, mall)),
            _ => 0,
        };

    private static int OfSpend(ParkingEntitlement.OfSpend spend, decimal spent)
    {
        var most = spend.Most ?? TariffRate.Day;
        var times = Math.Floor(Math.Max(0m, spent) / spend.Amount);
        return times >= most ? most : Math.Min(most, (int)times * spend.Minutes);
    }
}
