using System.Reflection;

namespace MallVip.Rules.Cel;

/// <summary>Arithmetic on known types, found by name among the helpers that implement it.</summary>
internal static class CelTypedOperators
{
    private static readonly Dictionary<(string, CelTypeKind, CelTypeKind), MethodInfo> Methods = Collect();

    /// <summary>The helper that computes it; null when the operands do not fit.</summary>
    public static MethodInfo? Find(string function, CelType left, CelType right) =>
        Methods.GetValueOrDefault((function, left.Kind, right.Kind));

    public static CelType? ResultOf(string function, CelType left, CelType right)
    {
        if (left.Kind == CelTypeKind.Double && right.Kind == CelTypeKind.Double)
            return function == CelOperators.Modulo ? null : CelType.Double;
        return Find(function, left, right) is { } method ? KindOf(method.ReturnType) : null;
    }

    private static Dictionary<(string, CelTypeKind, CelTypeKind), MethodInfo> Collect()
    {
        var found = new Dictionary<(string, CelTypeKind, CelTypeKind), MethodInfo>();
        Type[] sources = [typeof(CelArithmetic), typeof(CelConcat)];
        foreach (var method in sources.SelectMany(source =>
            source.GetMethods(BindingFlags.Static | BindingFlags.Public)))
        {
            var parameters = method.GetParameters();
            if (FunctionOf(method.Name) is { } function && parameters.Length == 3)
                found.Add(
                    (function, KindOf(parameters[1].ParameterType).Kind,
                        KindOf(parameters[2].ParameterType).Kind), method);
        }
        return found;
    }

    private static string? FunctionOf(string method) => method switch
    {
        nameof(CelArithmetic.Add) => CelOperators.Add,
        nameof(CelArithmetic.Subtract) => CelOperators.Subtract,
        nameof(CelArithmetic.Multiply) => CelOperators.Multiply,
        nameof(CelArithmetic.Divide) => CelOperators.Divide,
        nameof(CelArithmetic.Modulo) => CelOperators.Modulo,
        _ => null,
    };

    private static CelType KindOf(Type host) => CelHostTypes.ScalarOf(host);
}
