using System.Collections.Frozen;

namespace MallVip.Rules.Cel;

/// <summary>A list literal of constants as a set, for <c>x in [...]</c>.</summary>
internal sealed class CelConstantSet
{
    private readonly FrozenSet<CelValue> _values;
    private readonly FrozenSet<string> _texts;

    public CelConstantSet(CelList list)
    {
        var values = Enumerable.Range(0, list.Count).Select(i => list[i]).ToArray();
        _values = values.ToFrozenSet();
        _texts = values.Where(value => value.Kind == CelKind.String).Select(value => value.AsString)
            .ToFrozenSet(StringComparer.Ordinal);
    }

    public bool Contains(CelValue value) => _values.Contains(value);

    public bool Contains(string text) => _texts.Contains(text);
}
