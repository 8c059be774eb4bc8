using System.Text.Json;
using MallVip.Silo.Import.Rows;

namespace MallVip.Silo.Import.Values;

/// <summary>A value read from one column; left out when the cell is empty.</summary>
internal abstract record ColumnValue(Column Column) : Value
{
    public override IEnumerable<Column> SharedColumns => [Column];

    public sealed override void Write(Utf8JsonWriter json, JsonEncodedText? name, EvaluationScope scope)
    {
        var text = scope.Current[Column];
        if (text.Length > 0)
            Write(json, name, text, scope);
    }

    protected abstract void Write(
        Utf8JsonWriter json, JsonEncodedText? name, string text, EvaluationScope scope);
}

/// <summary><c>money(column)</c>: an exact decimal, written as a string.</summary>
internal sealed record MoneyValue(Column Column) : ColumnValue(Column)
{
    protected override void Write(
        Utf8JsonWriter json, JsonEncodedText? name, string text, EvaluationScope scope) =>
        WriteText(json, name, ExactNumber.ToText(ExactNumber.Read(text, Column.Name, scope)));
}

/// <summary><c>number(column)</c>: an exact decimal, written as a JSON number.</summary>
internal sealed record NumberValue(Column Column) : ColumnValue(Column)
{
    protected override void Write(
        Utf8JsonWriter json, JsonEncodedText? name, string text, EvaluationScope scope) =>
        WriteNumber(json, name, ExactNumber.Read(text, Column.Name, scope));
}

/// <summary><c>integer(column)</c>: a whole number.</summary>
internal sealed record IntegerValue(Column Column) : ColumnValue(Column)
{
    protected override void Write(
        Utf8JsonWriter json, JsonEncodedText? name, string text, EvaluationScope scope) =>
        WriteNumber(json, name, ExactNumber.ReadWhole(text, Column.Name, scope));
}

/// <summary>
/// <c>flag(column)</c>: true for true, yes, y, t, 1; false for false, no, n, f, 0; in any case.
/// </summary>
internal sealed record FlagValue(Column Column) : ColumnValue(Column)
{
    protected override void Write(
        Utf8JsonWriter json, JsonEncodedText? name, string text, EvaluationScope scope)
    {
        var lower = text.ToLowerInvariant();
        if (lower is not ("true" or "yes" or "y" or "t" or "1" or "false" or "no" or "n" or "f" or "0"))
            scope.Fail(RejectCodes.BadFlag,
                $"Column '{Column.Name}' holds '{text}', which is neither yes nor no.");
        WriteFlag(json, name, lower is "true" or "yes" or "y" or "t" or "1");
    }
}

/// <summary>
/// <c>time(column)</c>: an instant by the map's zone and formats, written as RFC 3339 with offset.
/// </summary>
internal sealed record TimeValue(Column Column) : ColumnValue(Column)
{
    protected override void Write(
        Utf8JsonWriter json, JsonEncodedText? name, string text, EvaluationScope scope)
    {
        var instant = scope.Times.Read(text, out var fault);
        scope.Fail(fault);
        WriteText(json, name, Rfc3339.ToText(instant ?? default));
    }
}
