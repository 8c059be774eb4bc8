using System.Reflection;

namespace MallVip.Rules.Cel;

/// <summary>All functions that every environment has.</summary>
internal static class CelLibrary
{
    private static readonly Type[] Sources =
    [
        typeof(CelConversions), typeof(CelSizes), typeof(CelStrings), typeof(CelStringEdits),
            typeof(CelFormat),
        typeof(CelTimes), typeof(CelMath), typeof(CelMathBits), typeof(CelMoney), typeof(CelRegexFunctions),
        typeof(CelEncoders),
    ];

    private static readonly ILookup<(string, bool), CelOverload> Overloads = (
        from source in Sources
        from method in source.GetMethods(BindingFlags.Static | BindingFlags.Public)
        from attribute in method.GetCustomAttributes<CelFunctionAttribute>()
        select new CelOverload(method, attribute)).ToLookup(overload => (overload.Name, overload.IsMember));

    public static IEnumerable<string> FunctionNames { get; } =
        [.. Overloads.Where(group => !group.Key.Item2).Select(group => group.Key.Item1)];

    public static IEnumerable<string> MethodNames { get; } =
        [.. Overloads.Where(group => group.Key.Item2).Select(group => group.Key.Item1), "sum"];

    public static CelOverload[] Find(string name, bool isMember) => [.. Overloads[(name, isMember)]];
}
