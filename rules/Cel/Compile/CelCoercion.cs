using System.Linq.Expressions;
using System.Reflection;

namespace MallVip.Rules.Cel;

/// <summary>Between the host types of compiled code and language values.</summary>
internal static class CelCoercion
{
    private static readonly Dictionary<Type, MethodInfo> Boxers = typeof(CelValue)
        .GetMethods(BindingFlags.Static | BindingFlags.Public)
        .Where(method => method.Name == nameof(CelValue.Of))
        .ToDictionary(method => method.GetParameters()[0].ParameterType);

    private static readonly Dictionary<Type, MethodInfo> Unboxers = typeof(CelOps)
        .GetMethods(BindingFlags.Static | BindingFlags.Public)
        .Where(method => method.Name.StartsWith("To", StringComparison.Ordinal) && !method.IsGenericMethod)
        .ToDictionary(method => method.ReturnType);

    /// <summary>The host type that compiled code uses for a static type.</summary>
    public static Type HostType(CelType type) => type.Kind switch
    {
        CelTypeKind.Bool => typeof(bool),
        CelTypeKind.Int => typeof(long),
        CelTypeKind.Uint => typeof(ulong),
        CelTypeKind.Double => typeof(double),
        CelTypeKind.Decimal => typeof(decimal),
        CelTypeKind.String => typeof(string),
        CelTypeKind.Bytes => typeof(byte[]),
        CelTypeKind.Timestamp => typeof(CelTimestamp),
        CelTypeKind.Duration => typeof(CelDuration),
        CelTypeKind.Object => ((CelObjectType)type).HostType,
        _ => typeof(CelValue),
    };

    public static Expression Box(Expression value, CelType type)
    {
        if (value.Type == typeof(CelValue))
            return value;
        if (Boxers.TryGetValue(value.Type, out var boxer))
            return Expression.Call(boxer, value);
        if (type is CelObjectType record)
            return Expression.Call(typeof(CelValue), nameof(CelValue.OfObject), null,
                Expression.Constant(record), value);
        var converter = typeof(CelHostTypes).GetMethod(nameof(CelHostTypes.Boxer))!
            .MakeGenericMethod(value.Type).Invoke(null, [type])!;
        return Expression.Invoke(Expression.Constant(converter), value);
    }

    /// <summary>
    /// A call that reads a language value as the host type, failing when it holds something else.
    /// </summary>
    public static Expression Unbox(Expression state, Expression value, Type hostType)
    {
        if (Unboxers.TryGetValue(hostType, out var unboxer))
            return Expression.Call(unboxer, state, value);
        return Expression.Call(typeof(CelOps), nameof(CelOps.ToObject), [hostType], state, value);
    }

    /// <summary>
    /// What a host getter gives, in the host type that compiled code uses; null text reads as empty.
    /// </summary>
    public static Expression Normalize(Expression value) => value.Type switch
    {
        var t when t == typeof(int) => Expression.Convert(value, typeof(long)),
        var t when t == typeof(string) => Expression.Coalesce(value, Expression.Constant("")),
        var t when t == typeof(byte[]) =>
            Expression.Coalesce(value, Expression.Constant(Array.Empty<byte>())),
        var t when t == typeof(DateTimeOffset) =>
            Expression.Call(typeof(CelTimestamp), nameof(CelTimestamp.From), null, value),
        var t when t == typeof(TimeSpan) =>
            Expression.Call(typeof(CelDuration), nameof(CelDuration.From), null, value),
        var t when t == typeof(CelList) || t == typeof(CelMap) || t == typeof(CelType) =>
            Expression.Call(Boxers[value.Type], value),
        _ => value,
    };
}
