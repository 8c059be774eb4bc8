using System.Collections.Frozen;
using MallVip.Rules.Checking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads calendars: days of one year, of every year, of every month.</summary>
internal static class CalendarReader
{
    public static FrozenDictionary<string, Calendar> ReadAll(YamlMap? map, Findings findings)
    {
        var calendars = new Dictionary<string, Calendar>(StringComparer.Ordinal);
        foreach (var (key, value) in map?.Entries ?? [])
            if (value is YamlMap calendar)
                calendars[key.Value] = Read(key, calendar, findings);
        return calendars.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static Calendar Read(YamlScalar id, YamlMap map, Findings findings)
    {
        var calendar = new Calendar(id.Value, map.Text("name") ?? id.Value)
        {
            Days = [.. Texts(map, "days").Select(text => Forms.ReadDaySpan(text.Value))
                .OfType<(DateOnly, DateOnly)>()],
            Yearly = [.. Texts(map, "yearly").Select(text => Forms.ReadYearlySpan(text.Value))
                .OfType<(DateOnly, DateOnly)>()],
            Monthly = [.. Texts(map, "monthly").Select(text => Forms.ReadInteger(text.Value)).OfType<int>()],
        };
        foreach (var text in Texts(map, "days"))
            if (Forms.ReadDaySpan(text.Value) is { } span && span.First > span.Last)
                findings.Error(text.Place, "CALENDAR_REVERSED", text.Value);
        if (!Texts(map, "days").Concat(Texts(map, "yearly")).Concat(Texts(map, "monthly")).Any())
            findings.Error(id.Place, "CALENDAR_EMPTY", id.Value);
        return calendar;
    }

    private static IEnumerable<YamlScalar> Texts(YamlMap map, string key) =>
        (map.List(key)?.Items ?? []).OfType<YamlScalar>();
}
