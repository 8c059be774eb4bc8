using System.Collections.Immutable;
using MallVip.Rules.Checking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads achievements.</summary>
internal static class AchievementReader
{
    public static ImmutableArray<DeclaredAchievement> ReadAll(
        YamlMap? map, IEnumerable<string> ownTypes, Findings findings)
    {
        var types = KnownEvents.Counted.Concat(ownTypes).Order(StringComparer.Ordinal).ToArray();
        var read = ImmutableArray.CreateBuilder<DeclaredAchievement>();
        foreach (var (id, value) in map?.Entries ?? [])
            if (value is YamlMap achievement && Read(id, achievement, types, findings) is { } declared)
                read.Add(declared);
        return read.ToImmutable();
    }

    private static DeclaredAchievement? Read(
        YamlScalar id, YamlMap map, string[] types, Findings findings)
    {
        if (map.Scalar("on") is not { } on || Forms.ReadLong(map.Text("goal")) is not ({ } goal and > 0))
            return null;
        if (!types.Contains(on.Value, StringComparer.Ordinal))
        {
            findings.Unknown(on.Place, "ACHIEVEMENT_EVENT", on.Value, types);
            return null;
        }

        var count = map.Scalar("count");
        var counts = count is null ? AchievementCounts.Events
            : Words<AchievementCounts>.Read(count.Value) is { } word and not AchievementCounts.Amount ? word
            : AchievementCounts.Amount;
        var streak = Words<StreakUnit>.Read(map.Text("streak"));
        if (streak is not null && (map["count"] ?? map["every"]) is { } idle)
            findings.Error(idle.Place, "ACHIEVEMENT_STREAK", id.Value);
        var achievement = new Achievement(id.Value, map.Text("name") ?? id.Value, on.Value, goal)
        {
            Counts = streak is null ? counts : AchievementCounts.Days,
            Every = Words<LimitWindow>.Read(map.Text("every")) ?? LimitWindow.Ever,
            Streak = streak,
            Recurs = Words<Recurrence>.Read(map.Text("recurs")) ?? Recurrence.Once,
            Ref = new($"achievement:{id.Value}", id.Place.File, id.Place.Line),
        };
        return new(achievement, map.Scalar("when"), counts == AchievementCounts.Amount ? count : null);
    }
}

/// <summary>An achievement whose expressions are still text.</summary>
internal sealed record DeclaredAchievement(Achievement Achievement, YamlScalar? When, YamlScalar? Amount);
