using System.Text.Json;
using MallVip.Silo.Import.Rows;

namespace MallVip.Silo.Import.Values;

/// <summary>A text with columns in it.</summary>
internal sealed record TextValue(Template Template) : Value
{
    public override IEnumerable<Column> SharedColumns => Template.Columns;

    public override void Write(Utf8JsonWriter json, JsonEncodedText? name, EvaluationScope scope)
    {
        if (Template.Render(scope) is { } text)
            WriteText(json, name, text);
    }
}

/// <summary>A number that stands in the map.</summary>
internal sealed record NumberConstant(decimal Number) : Value
{
    public override void Write(Utf8JsonWriter json, JsonEncodedText? name, EvaluationScope scope) =>
        WriteNumber(json, name, Number);
}

/// <summary>A true or false that stands in the map.</summary>
internal sealed record FlagConstant(bool Flag) : Value
{
    public override void Write(Utf8JsonWriter json, JsonEncodedText? name, EvaluationScope scope) =>
        WriteFlag(json, name, Flag);
}

/// <summary><c>sum(column)</c>: the exact sum over all rows of the group, as money.</summary>
internal sealed record SumValue(Column Column) : Value
{
    public override void Write(Utf8JsonWriter json, JsonEncodedText? name, EvaluationScope scope)
    {
        var sum = 0m;
        var outer = scope.Current;
        foreach (var row in scope.Group)
        {
            scope.Current = row;
            if (row[Column].Length == 0)
            {
                scope.Fail(RejectCodes.Missing, $"Column '{Column.Name}' is empty and is to be summed.");
                continue;
            }
            var number = ExactNumber.Read(row[Column], Column.Name, scope);
            sum = ExactNumber.Add(sum, number, Column.Name, scope);
        }
        scope.Current = outer;
        WriteText(json, name, ExactNumber.ToText(sum));
    }
}

/// <summary><c>count()</c>: the number of rows in the group.</summary>
internal sealed record CountValue : Value
{
    public override void Write(Utf8JsonWriter json, JsonEncodedText? name, EvaluationScope scope) =>
        WriteNumber(json, name, scope.Group.Count);
}
