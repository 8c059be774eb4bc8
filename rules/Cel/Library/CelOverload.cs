using System.Reflection;

namespace MallVip.Rules.Cel;

/// <summary>One overload of a library function; a receiver is its first parameter.</summary>
internal sealed class CelOverload
{
    public CelOverload(MethodInfo method, CelFunctionAttribute attribute)
    {
        var parameters = method.GetParameters();
        Method = method;
        Name = attribute.Name;
        IsMember = attribute.IsMember;
        CanFail = parameters.Length > 0 && parameters[0].ParameterType.IsByRef;
        HostTypes = [.. parameters.Skip(CanFail ? 1 : 0).Select(parameter => parameter.ParameterType)];
        Parameters = [.. HostTypes.Select(type => TypeOf(type, attribute.TakesTexts))];
        Result = TypeOf(method.ReturnType, attribute.GivesTexts);
    }

    public string Name { get; }

    public bool IsMember { get; }

    public bool CanFail { get; }

    public MethodInfo Method { get; }

    public Type[] HostTypes { get; }

    public CelType[] Parameters { get; }

    /// <summary>
    /// Whether whole numbers may become decimals: not in math.*, whose overloads the language fixes.
    /// </summary>
    public bool Widens => !Name.StartsWith("math.", StringComparison.Ordinal);

    public CelType Result { get; }

    /// <summary>The overload as a reader writes it, for hints.</summary>
    public override string ToString() => IsMember
        ? $"{Parameters[0]}.{Name}({string.Join(", ", Parameters.Skip(1))})"
        : $"{Name}({string.Join(", ", (object[])Parameters)})";

    private static CelType TypeOf(Type host, bool ofTexts) => host switch
    {
        _ when host == typeof(bool) => CelType.Bool,
        _ when host == typeof(long) => CelType.Int,
        _ when host == typeof(ulong) => CelType.Uint,
        _ when host == typeof(double) => CelType.Double,
        _ when host == typeof(decimal) => CelType.Decimal,
        _ when host == typeof(string) => CelType.String,
        _ when host == typeof(byte[]) => CelType.Bytes,
        _ when host == typeof(CelTimestamp) => CelType.Timestamp,
        _ when host == typeof(CelDuration) => CelType.Duration,
        _ when host == typeof(CelList) => ofTexts ? CelType.List(CelType.String) : CelType.AnyList,
        _ when host == typeof(CelMap) => CelType.AnyMap,
        _ when host == typeof(CelType) => CelType.Type,
        _ when host == typeof(CelValue) => CelType.Dyn,
        _ => throw new ArgumentException($"{host} has no form in expressions", nameof(host)),
    };
}
