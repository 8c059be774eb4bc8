using System.Text.Json;
using MallVip.Silo.Import.Rows;

namespace MallVip.Silo.Import.Values;

/// <summary>A field of an object.</summary>
internal sealed record Field(JsonEncodedText Name, Value Value);

/// <summary>An object; empty fields are left out.</summary>
internal sealed record ObjectValue(IReadOnlyList<Field> Fields) : Value
{
    public override IEnumerable<Column> SharedColumns => Fields.SelectMany(item => item.Value.SharedColumns);

    public override void Write(Utf8JsonWriter json, JsonEncodedText? name, EvaluationScope scope)
    {
        if (name is { } property)
            json.WriteStartObject(property);
        else
            json.WriteStartObject();
        foreach (var field in Fields)
            field.Value.Write(json, field.Name, scope);
        json.WriteEndObject();
    }
}

/// <summary>A list; empty items are left out.</summary>
internal sealed record ListValue(IReadOnlyList<Value> Items) : Value
{
    public override IEnumerable<Column> SharedColumns => Items.SelectMany(item => item.SharedColumns);

    public override void Write(Utf8JsonWriter json, JsonEncodedText? name, EvaluationScope scope)
    {
        if (name is { } property)
            json.WriteStartArray(property);
        else
            json.WriteStartArray();
        foreach (var item in Items)
            item.Write(json, name: null, scope);
        json.WriteEndArray();
    }
}

/// <summary><c>each:</c> a list with one item per row of the group, in file order.</summary>
internal sealed record EachValue(Value Item) : Value
{
    public override void Write(Utf8JsonWriter json, JsonEncodedText? name, EvaluationScope scope)
    {
        if (name is { } property)
            json.WriteStartArray(property);
        else
            json.WriteStartArray();
        var outer = scope.Current;
        foreach (var row in scope.Group)
        {
            scope.Current = row;
            Item.Write(json, name: null, scope);
        }
        scope.Current = outer;
        json.WriteEndArray();
    }
}
