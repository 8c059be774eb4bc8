using System.Collections.Immutable;
using MallVip.Rules.Checking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads when a rule acts.</summary>
internal sealed class ActiveReader(Declarations declared, Findings findings)
{
    public ActiveWindow Read(YamlMap map)
    {
        var from = Forms.ReadDay(map.Text("from"));
        var to = Forms.ReadDay(map.Text("to"));
        if (from > to)
            findings.Error(map.Entry("to")!.Key.Place, "ACTIVE_REVERSED", $"{from:yyyy-MM-dd}",
                $"{to:yyyy-MM-dd}");
        var hours = Forms.ReadHours(map.Text("hours"));
        if (hours is { } said && said.Start == said.End)
            findings.Error(map["hours"]!.Place, "ACTIVE_NO_HOURS", map.Text("hours")!);
        if (map.List("days") is { Items.Count: 0 } none)
            findings.Error(none.Place, "ACTIVE_NO_DAYS");
        if (map.Entries.Count == 0)
            findings.Error(map.Place, "ACTIVE_EMPTY");
        return new(from, to, ReadDays(map.List("days")), hours?.Start, hours?.End)
        {
            Calendars = ReadCalendars(map, "calendar"),
            Except = ReadCalendars(map, "except"),
        };
    }

    private ImmutableArray<Calendar> ReadCalendars(YamlMap map, string key)
    {
        var calendars = ImmutableArray.CreateBuilder<Calendar>();
        var named = map.List(key)?.Items ?? (map[key] is { } one ? [one] : []);
        foreach (var id in named.OfType<YamlScalar>())
            if (declared.Calendars.TryGetValue(id.Value, out var calendar))
                calendars.Add(calendar);
            else
                findings.Unknown(
                    id.Place, "CALENDAR_UNKNOWN", id.Value,
                        declared.Calendars.Keys.Order(StringComparer.Ordinal));
        if (map.List(key) is { Items.Count: 0 } none)
            findings.Error(none.Place, "ACTIVE_NO_CALENDAR");
        return calendars.ToImmutable();
    }

    private static ImmutableArray<DayOfWeek> ReadDays(YamlList? list)
    {
        var days = ImmutableArray.CreateBuilder<DayOfWeek>();
        foreach (var item in list?.Items ?? [])
            if (item is YamlScalar word && WeekDays.Read(word.Value) is { } day && !days.Contains(day))
                days.Add(day);
        return days.ToImmutable();
    }
}
