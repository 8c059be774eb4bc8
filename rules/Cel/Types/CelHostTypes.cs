namespace MallVip.Rules.Cel;

/// <summary>How types of the host appear in expressions.</summary>
internal static class CelHostTypes
{
    private static readonly Dictionary<Type, CelType> Scalars = new()
    {
        [typeof(bool)] = CelType.Bool,
        [typeof(int)] = CelType.Int,
        [typeof(long)] = CelType.Int,
        [typeof(ulong)] = CelType.Uint,
        [typeof(double)] = CelType.Double,
        [typeof(decimal)] = CelType.Decimal,
        [typeof(string)] = CelType.String,
        [typeof(byte[])] = CelType.Bytes,
        [typeof(CelTimestamp)] = CelType.Timestamp,
        [typeof(DateTimeOffset)] = CelType.Timestamp,
        [typeof(CelDuration)] = CelType.Duration,
        [typeof(TimeSpan)] = CelType.Duration,
        [typeof(CelValue)] = CelType.Dyn,
        [typeof(CelList)] = CelType.AnyList,
        [typeof(CelMap)] = CelType.AnyMap,
        [typeof(CelType)] = CelType.Type,
    };

    /// <summary>The static type of a host type; a given type is checked against it.</summary>
    public static CelType Declare<V>(CelType? given)
    {
        var type = given ?? Infer(typeof(V));
        if (type is CelObjectType record && !record.HostType.IsAssignableFrom(typeof(V))
            && typeof(V) != typeof(CelValue))
            throw new ArgumentException($"{typeof(V)} is not the class of {record.Name}", nameof(given));
        return type;
    }

    /// <summary>The static type of a scalar of the host.</summary>
    public static CelType ScalarOf(Type host) => Scalars[host];

    /// <summary>The element type of an IReadOnlyList; null for anything else.</summary>
    public static Type? ItemType(Type host)
    {
        if (host.IsArray && host != typeof(byte[]))
            return host.GetElementType();
        if (host == typeof(string) || host == typeof(byte[]))
            return null;
        var candidates = host.IsInterface ? host.GetInterfaces().Append(host) : host.GetInterfaces();
        return candidates.FirstOrDefault(each => each.IsGenericType
            && each.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))?.GetGenericArguments()[0];
    }

    /// <summary>The value type of an IReadOnlyDictionary with text keys; null for anything else.</summary>
    public static Type? MapValueType(Type host)
    {
        var candidates = host.IsInterface ? host.GetInterfaces().Append(host) : host.GetInterfaces();
        var map = candidates.FirstOrDefault(each => each.IsGenericType
            && each.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)
            && each.GetGenericArguments()[0] == typeof(string));
        return map?.GetGenericArguments()[1];
    }

    /// <summary>A converter from the host's value to a language value.</summary>
    public static Func<V, CelValue> Boxer<V>(CelType type) => CelHostBoxing.Of<V>(type);

    private static CelType Infer(Type host)
    {
        var plain = Nullable.GetUnderlyingType(host) ?? host;
        if (Scalars.TryGetValue(plain, out var type))
            return type;
        if (ItemType(plain) is { } item)
            return CelType.List(Infer(item));
        if (MapValueType(plain) is { } value)
            return CelType.Map(CelType.String, Infer(value));
        throw new ArgumentException($"{host} needs a declared type", nameof(host));
    }
}
