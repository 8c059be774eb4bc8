using System.Reflection;

namespace MallVip.Rules.Cel;

/// <summary>Converters from host values to language values, chosen once per declared field.</summary>
internal static class CelHostBoxing
{
    public static Func<V, CelValue> Of<V>(CelType type)
    {
        if (Scalar<V>() is { } scalar)
            return scalar;
        if (type is CelObjectType record)
            return value => value is null ? CelValue.Null : CelValue.OfObject(record, value);
        if (type.Kind == CelTypeKind.Opaque)
            return value => value is null ? CelValue.Null : CelValue.OfOpaque(value);
        if (Nullable.GetUnderlyingType(typeof(V)) is { } plain)
            return Generic<V>(nameof(OfNullable), [plain], type);
        if (CelHostTypes.ItemType(typeof(V)) is { } item)
            return Generic<V>(nameof(OfList), [typeof(V), item], type);
        if (CelHostTypes.MapValueType(typeof(V)) is { } value)
            return Generic<V>(nameof(OfMap), [typeof(V), value], type);
        throw new ArgumentException($"{typeof(V)} has no form as {type}", nameof(type));
    }

    private static Func<V, CelValue>? Scalar<V>()
    {
        Delegate? converter = typeof(V) switch
        {
            var t when t == typeof(bool) => (Func<bool, CelValue>)CelValue.Of,
            var t when t == typeof(int) => (Func<int, CelValue>)(value => CelValue.Of((long)value)),
            var t when t == typeof(long) => (Func<long, CelValue>)CelValue.Of,
            var t when t == typeof(ulong) => (Func<ulong, CelValue>)CelValue.Of,
            var t when t == typeof(double) => (Func<double, CelValue>)CelValue.Of,
            var t when t == typeof(decimal) => (Func<decimal, CelValue>)CelValue.Of,
            var t when t == typeof(string) => (Func<string?, CelValue>)(value => CelValue.Of(value ?? "")),
            var t when t == typeof(byte[]) => (Func<byte[]?, CelValue>)(value => CelValue.Of(value ?? [])),
            var t when t == typeof(CelTimestamp) => (Func<CelTimestamp, CelValue>)CelValue.Of,
            var t when t == typeof(DateTimeOffset) =>
                (Func<DateTimeOffset, CelValue>)(value => CelValue.Of(CelTimestamp.From(value))),
            var t when t == typeof(CelDuration) => (Func<CelDuration, CelValue>)CelValue.Of,
            var t when t == typeof(TimeSpan) =>
                (Func<TimeSpan, CelValue>)(value => CelValue.Of(CelDuration.From(value))),
            var t when t == typeof(CelList) => (Func<CelList, CelValue>)CelValue.Of,
            var t when t == typeof(CelMap) => (Func<CelMap, CelValue>)CelValue.Of,
            var t when t == typeof(CelType) => (Func<CelType, CelValue>)CelValue.Of,
            var t when t == typeof(CelValue) => (Func<CelValue, CelValue>)(value => value),
            _ => null,
        };
        return (Func<V, CelValue>?)converter;
    }

    private static Func<V, CelValue> Generic<V>(string method, Type[] arguments, CelType type) =>
        (Func<V, CelValue>)typeof(CelHostBoxing)
            .GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(arguments)
            .Invoke(null, [type])!;

    private static Func<V?, CelValue> OfNullable<V>(CelType type)
        where V : struct
    {
        var inner = Of<V>(type);
        return value => value is { } present ? inner(present) : CelValue.Null;
    }

    private static Func<V, CelValue> OfList<V, TItem>(CelType type)
        where V : IReadOnlyList<TItem>
    {
        var inner = Of<TItem>(type.Parameters[0]);
        return value => CelValue.Of(new CelHostList<TItem>(value is null ? [] : value, inner));
    }

    /// <summary>A map is copied, which costs on every read: keep host maps small.</summary>
    private static Func<V, CelValue> OfMap<V, TValue>(CelType type)
        where V : IReadOnlyDictionary<string, TValue>
    {
        var inner = Of<TValue>(type.Parameters[1]);
        return value => CelValue.Of(CelMap.Of(value is null
            ? []
            : value.Select(entry => KeyValuePair.Create(CelValue.Of(entry.Key), inner(entry.Value)))));
    }
}
