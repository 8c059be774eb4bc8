using System.Linq.Expressions;

namespace MallVip.Rules.Cel;

/// <summary>One declared field of a record.</summary>
internal abstract class CelField(string name, CelType type, bool optional)
{
    public string Name { get; } = name;

    public CelType Type { get; } = type;

    /// <summary>Whether reading it can find nothing.</summary>
    public bool Optional { get; } = optional;

    /// <summary>The getter applied to the record, in the getter's own type.</summary>
    public abstract Expression Read(Expression record);

    /// <summary>The field of a record that is known only at run time; null when it is absent.</summary>
    public abstract CelValue? ReadDynamic(object record);
}

internal sealed class CelField<T, V>(string name, Func<T, V> get, CelType type, bool optional)
    : CelField(name, type, optional || Nullable.GetUnderlyingType(typeof(V)) is not null)
    where T : class
{
    private readonly Func<V, CelValue> _box = CelHostTypes.Boxer<V>(type);

    public override Expression Read(Expression record) => Expression.Invoke(Expression.Constant(get), record);

    public override CelValue? ReadDynamic(object record)
    {
        var value = get((T)record);
        return value is null && Optional ? null : _box(value);
    }
}
