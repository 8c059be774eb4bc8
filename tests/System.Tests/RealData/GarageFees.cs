namespace MallVip.System.Tests.RealData;

/// <summary>
/// What stays of the log cost under the tariff of <c>rules/library/garage</c>, counted minute by minute, with
/// its figures written down a second time. No code of the engine.
/// </summary>
internal static class GarageFees
{
    private static readonly TimeZoneInfo Oslo = TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo");

    /// <summary>Crowns of a stay between two clock times.</summary>
    public static int Of(DateTime entered, DateTime left)
    {
        var (entry, exit) = (Utc(entered), Utc(left));
        var minutes = (int)(exit - entry).TotalMinutes;
        if (minutes <= 15)
            return 0;
        var (sum, rate, counted, paidUntil, ofNight) = (0, ' ', 0, 0, 0);
        var ofDay = new int[(minutes / 1_440) + 1];
        for (var i = 0; i < minutes; i++, counted++)
        {
            var now = RateAt(entry.AddMinutes(i));
            if (now != rate)
                (rate, counted, paidUntil, ofNight) = (now, 0, 0, 0);
            if (counted < paidUntil)
                continue;
            var (price, per) = rate switch
            {
                'd' when counted < 120 => (10, 30),
                'd' => (12, 60),
                _ => (5, 60),
            };
            if (rate == 'n')
                price = Math.Min(price, 30 - ofNight);
            price = Math.Min(price, 120 - ofDay[i / 1_440]);
            ofDay[i / 1_440] += price;
            (sum, ofNight, paidUntil) = (sum + price, ofNight + price, counted + per);
        }

        return sum;
    }

    private static char RateAt(DateTime utc)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(utc, Oslo);
        if ((local.Month, local.Day) is (1, 1) or (5, 1) or (5, 17) or (12, 24 or 25 or 26))
            return 'h';
        return local.Hour is >= 6 and < 22 ? 'd' : 'n';
    }

    private static DateTime Utc(DateTime local) => TimeZoneInfo.ConvertTimeToUtc(local, Oslo);
}
