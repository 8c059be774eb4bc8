using System.Text.Json;
using MallVip.Silo.Import.Maps;
using MallVip.Silo.Import.Rows;
using MallVip.Silo.Import.Values;

namespace MallVip.Silo.Import.Mapping;

/// <summary>Makes CloudEvents 1.0.</summary>
internal sealed class EventMapper(ImportMap map)
    : LineMapper(new TimeReader(map.Times), map.Emits.SelectMany(emit => emit.SharedColumns).ToArray())
{
    private static readonly JsonEncodedText SpecVersion = JsonEncodedText.Encode("specversion");
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Source = JsonEncodedText.Encode("source");
    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText Subject = JsonEncodedText.Encode("subject");
    private static readonly JsonEncodedText Time = JsonEncodedText.Encode("time");
    private static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");

    protected override void Emit(IReadOnlyList<Row> group, List<ImportLine> lines)
    {
        var first = lines.Count;
        RawRow[]? raw = null;
        for (var i = 0; i < map.Emits.Count; i++)
        {
            var emit = map.Emits[i];
            if (!emit.When.All(condition => condition.Holds(group[0])))
                continue;
            raw ??= group.Select(row => row.Raw).ToArray();
            lines.Add(Line(emit, i, raw, lines.Count > first ? lines[^1] : null));
        }
    }

    private ImportLine Line(EmitMap emit, int index, RawRow[] raw, ImportLine? before)
    {
        var time = PickTime(emit);
        var type = emit.Type.RenderNeeded(Scope, "type");
        var json = Write(writer => WriteEvent(writer, emit, type, time));
        return new ImportLine(raw[0].Line, time, json)
        {
            Rows = raw,
            EmitIndex = index,
            TieRank = TieRank(type, time, before),
        };
    }

    private DateTimeOffset PickTime(EmitMap emit)
    {
        var picked = ReadTime(emit.Time, "time");
        if (emit.Pick == TimePick.Same)
            return picked;
        var first = Scope.Current;
        foreach (var row in Scope.Group.Skip(1))
        {
            Scope.Current = row;
            var time = ReadTime(emit.Time, "time");
            if (emit.Pick == TimePick.Earliest ? time < picked : time > picked)
                picked = time;
        }
        Scope.Current = first;
        return picked;
    }

    // Types in the map's tie-order come first, in its order; but never before the event above them in the
    // same row: a car that comes and goes within a minute has come first.
    private int TieRank(string type, DateTimeOffset time, ImportLine? before)
    {
        var rank = 0;
        while (rank < map.TieOrder.Count && map.TieOrder[rank] != type)
            rank++;
        return before is not null && before.Time.UtcTicks == time.UtcTicks
            ? Math.Max(rank, before.TieRank + 1)
            : rank;
    }

    private void WriteEvent(Utf8JsonWriter json, EmitMap emit, string type, DateTimeOffset time)
    {
        json.WriteStartObject();
        json.WriteString(SpecVersion, "1.0");
        json.WriteString(Id, emit.Id.RenderNeeded(Scope, "id"));
        json.WriteString(Source, emit.Source.RenderNeeded(Scope, "source"));
        json.WriteString(Type, type);
        json.WriteString(Subject, emit.Subject.RenderNeeded(Scope, "subject"));
        json.WriteString(Time, Rfc3339.ToText(time));
        emit.Data.Write(json, Data, Scope);
        json.WriteEndObject();
    }
}
