namespace MallVip.Rules.Cel;

/// <summary>An immutable list as expressions see it.</summary>
public abstract class CelList
{
    public abstract int Count { get; }

    public abstract CelValue this[int index] { get; }

    public static CelList Of(params IReadOnlyList<CelValue> items) => new CelValueList(items);

    internal static CelValue FromArray(CelValue[] items) => CelValue.Of(new CelValueList(items));

    internal static CelValue FromBuilder(List<CelValue> items) => CelValue.Of(new CelValueList(items));
}

internal sealed class CelValueList(IReadOnlyList<CelValue> items) : CelList
{
    public override int Count => items.Count;

    public override CelValue this[int index] => items[index];
}

/// <summary>A list of the host seen through a converter, without copying it.</summary>
internal sealed class CelHostList<TItem>(IReadOnlyList<TItem> items, Func<TItem, CelValue> convert) : CelList
{
    public override int Count => items.Count;

    public override CelValue this[int index] => convert(items[index]);
}
