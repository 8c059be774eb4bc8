using System.Text;

namespace MallVip.Rules.Programmes.Parsing;

/// <summary>The fields that an object may have, by position.</summary>
internal sealed class FieldNames(params string[] names)
{
    private readonly byte[][] _utf8 = [.. names.Select(Encoding.UTF8.GetBytes)];

    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>-1: no such field.</summary>
    public int IndexOf(in System.Text.Json.Utf8JsonReader json)
    {
        for (var at = 0; at < _utf8.Length; at++)
            if (json.ValueTextEquals(_utf8[at]))
                return at;
        return -1;
    }
}
