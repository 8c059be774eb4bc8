using System.Collections.Immutable;
using MallVip.Rules.Checking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads when a rule acts.</summary>
internal static class ActiveReader
{
    public static ActiveWindow Read(YamlMap map, Findings findings)
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
        return new(from, to, ReadDays(map.List("days")), hours?.Start, hours?.End);
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
