namespace MallVip.Silo.Simulate;

/// <summary>When people come: by weekday and by hour.</summary>
internal static class DayRhythm
{
    private const int SecondsPerHour = 3_600;

    // Per hour of the day: doors at 10, a peak at noon, a higher one after work, last films past 22.
    private static readonly int[] Hours =
        [1, 0, 0, 0, 0, 0, 0, 1, 3, 10, 40, 70, 100, 85, 65, 65, 75, 95, 130, 135, 105, 60, 20, 4];

    private static readonly int[] HourOfTicket =
        Hours.SelectMany((weight, hour) => Enumerable.Repeat(hour, weight)).ToArray();

    /// <summary>How many come on a day, around the average.</summary>
    public static int Visits(DateTimeOffset day, int average, Random random)
    {
        var weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        var factor = (weekend ? 1.4 : 0.84) * (0.95 + 0.1 * random.NextDouble());
        return Math.Max(1, (int)(average * factor));
    }

    /// <summary>Sorted milliseconds of the day.</summary>
    public static int[] Moments(int count, Random random)
    {
        var moments = new int[count];
        for (var i = 0; i < count; i++)
            moments[i] = (HourOfTicket[random.Next(HourOfTicket.Length)] * SecondsPerHour) * 1_000
                + random.Next(SecondsPerHour * 1_000);
        Array.Sort(moments);
        return moments;
    }
}
