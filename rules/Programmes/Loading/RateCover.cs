using System.Collections.Immutable;
using System.Globalization;
using MallVip.Rules.Checking;
using MallVip.Rules.Parking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Whether the rates of a day have each of its minutes once.</summary>
internal static class RateCover
{
    public static void Check(YamlScalar tariff, ImmutableArray<TariffRate> rates, Findings findings)
    {
        var owners = new TariffRate?[TariffRate.Day];
        var overlaps = new HashSet<(string, string)>();
        foreach (var rate in rates)
            for (var minute = 0; minute < owners.Length; minute++)
            {
                if (rate.EndOf(minute) is null)
                    continue;
                if (owners[minute] is { } other && overlaps.Add((other.Id, rate.Id)))
                    findings.Error(
                        tariff.Place, "TARIFF_OVERLAP", tariff.Value, other.Id, rate.Id, Text(minute));
                owners[minute] ??= rate;
            }

        for (var minute = 0; minute < owners.Length; minute++)
        {
            var from = minute;
            while (minute < owners.Length && owners[minute] is null)
                minute++;
            if (minute > from)
                findings.Error(tariff.Place, "TARIFF_GAP", tariff.Value, Text(from), Text(minute));
        }
    }

    private static string Text(int minute) =>
        string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");
}
