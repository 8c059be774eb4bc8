namespace MallVip.Rules.Tests.Parking;

/// <summary>
/// A second calculation of fees: a loop over the minutes of a stay, with nothing of the engine in it. Slow
/// and plain on purpose.
/// </summary>
internal static class MinuteOracle
{
    /// <param name="holiday">Whether a local day is one.</param>
    /// <param name="freed">Minutes freed, from an instant up to another.</param>
    public static (decimal Amount, int[] Freed) Fee(
        PlainTariff tariff, TimeZoneInfo zone, DateTimeOffset entry, DateTimeOffset exit,
        Func<DateOnly, bool> holiday, params (int Minutes, DateTimeOffset From, DateTimeOffset To)[] freed)
    {
        var minutes = new List<DateTimeOffset>();
        for (var at = entry; at < exit; at = at.AddMinutes(1))
            minutes.Add(at);
        var free = new bool[minutes.Count];
        if (!tariff.ShortOnly || minutes.Count <= tariff.Free)
            for (var i = 0; i < Math.Min(tariff.Free, minutes.Count); i++)
                free[i] = true;
        var used = new int[freed.Length];
        for (var f = 0; f < freed.Length; f++)
            for (var i = 0; i < minutes.Count && used[f] < freed[f].Minutes; i++)
                if (!free[i] && minutes[i] >= freed[f].From && minutes[i] < freed[f].To)
                    (free[i], used[f]) = (true, used[f] + 1);
        return (Sum(tariff, zone, entry, minutes, free, holiday), used);
    }

    private static decimal Sum(
        PlainTariff tariff, TimeZoneInfo zone, DateTimeOffset entry, List<DateTimeOffset> minutes,
        bool[] free, Func<DateOnly, bool> holiday)
    {
        var (sum, counted, left, ofRate) = (0m, 0, 0, 0m);
        var periods = new Dictionary<int, decimal>();
        PlainRate? rate = null;
        for (var i = 0; i < minutes.Count; i++)
        {
            var local = TimeZoneInfo.ConvertTime(minutes[i], zone).DateTime;
            var day = DateOnly.FromDateTime(local);
            var rates = tariff.Holidays.Length > 0 && holiday(day) ? tariff.Holidays : tariff.Rates;
            var now = rates.Single(one => one.Has((local.Hour * 60) + local.Minute));
            if (now != rate)
                (rate, counted, left, ofRate) = (now, 0, 0, 0m);
            if (free[i])
                continue;
            if (left == 0)
            {
                var step = StepOf(rate, counted);
                var period = tariff.CapFromEntry
                    ? (int)(minutes[i] - entry).TotalDays : day.DayNumber;
                var price = Math.Min(step.Price, (rate.Cap ?? 1_000_000m) - ofRate);
                price = Math.Min(price, (tariff.Cap ?? 1_000_000_000m) - periods.GetValueOrDefault(period));
                periods[period] = periods.GetValueOrDefault(period) + price;
                (sum, ofRate, left) = (sum + price, ofRate + price, step.Per);
            }

            (left, counted) = (left - 1, counted + 1);
        }

        return sum;
    }

    private static PlainStep StepOf(PlainRate rate, int counted)
    {
        foreach (var step in rate.Steps)
        {
            if (step.First is not { } first || counted < first)
                return step;
            counted -= first;
        }

        throw new InvalidOperationException();
    }
}
