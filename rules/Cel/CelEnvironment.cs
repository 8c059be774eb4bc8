using System.Linq.Expressions;

namespace MallVip.Rules.Cel;

/// <summary>
/// The variables and functions that expressions over a <typeparamref name="TContext"/> may use. Complete it
/// first, then share it: compiling does not change it.
/// </summary>
public sealed class CelEnvironment<TContext>
{
    private const int MaxNodes = 20_000;

    private readonly CelNames _names;

    public CelEnvironment() => _names = new CelNames();

    private CelEnvironment(CelNames names) => _names = names;

    /// <summary>The declared variables, for completion.</summary>
    public IEnumerable<string> VariableNames => _names.VariableNames;

    /// <summary>
    /// A variable; types as for <see cref="CelObjectType{T}.Field"/>. A dotted name is one variable.
    /// </summary>
    public CelEnvironment<TContext> Variable<TValue>(string name, Func<TContext, TValue> get,
        CelType? type = null)
    {
        var declared = CelHostTypes.Declare<TValue>(type);
        var getter = Expression.Constant(get);
        _names.Add(name, new CelVariable(name, declared, context => Expression.Invoke(getter, context)));
        return this;
    }

    /// <summary>A name with a fixed value.</summary>
    public CelEnvironment<TContext> Constant(string name, CelValue value)
    {
        _names.Add(name, new CelConstant(value.Type, value));
        return this;
    }

    /// <summary>A function without arguments; it must be pure for one context.</summary>
    public CelEnvironment<TContext> Function<TResult>(string name, Func<TContext, TResult> call,
        CelType? result = null) =>
        Add(CelHostFunction.Of(name, null, [], call, CelHostTypes.Declare<TResult>(result)));

    /// <summary>A function with one argument.</summary>
    public CelEnvironment<TContext> Function<TArgument, TResult>(
        string name, Func<TContext, TArgument, TResult> call, CelType? result = null) =>
        Add(CelHostFunction.Of(name, null,
            [CelHostTypes.Declare<TArgument>(null)], call, CelHostTypes.Declare<TResult>(result)));

    /// <summary>A function with two arguments.</summary>
    public CelEnvironment<TContext> Function<TFirst, TSecond, TResult>(
        string name, Func<TContext, TFirst, TSecond, TResult> call, CelType? result = null)
    {
        CelType[] parameters = [CelHostTypes.Declare<TFirst>(null), CelHostTypes.Declare<TSecond>(null)];
        return Add(CelHostFunction.Of(name, null, parameters, call, CelHostTypes.Declare<TResult>(result)));
    }

    /// <summary>A function of a string literal that is parsed once, at check.</summary>
    public CelEnvironment<TContext> LiteralFunction<TArgument, TResult>(
        string name, CelLiteralParser<TArgument> parse, Func<TContext, TArgument, TResult> call,
            CelType? result = null) =>
        Add(CelHostFunction.OfLiteral(name, null, parse, call, CelHostTypes.Declare<TResult>(result)));

    /// <summary>Where plain names are looked up first, such as <c>com.example</c>.</summary>
    public CelEnvironment<TContext> Container(string name)
    {
        _names.Container = name;
        return this;
    }

    public CelEnvironment<TContext> Clone() => new(_names.Clone());

    /// <summary>
    /// Checks an expression and prepares it to run. With <paramref name="expected"/> Decimal, whole numbers
    /// and double literals become decimals.
    /// </summary>
    public CelCompilation<TContext> Compile(string source, CelType? expected = null,
        CelOptions? options = null)
    {
        var chosen = options ?? CelOptions.Default;
        var diagnostics = new List<CelDiagnostic>();
        var root = CelParser.Parse(source, !chosen.DisableMacros, diagnostics);
        if (root is not null && CountNodes(root) > MaxNodes)
            diagnostics.Add(CelDiagnostic.At(root.Span, CelCodes.TooLarge, [$"{MaxNodes}"]));
        if (root is null || diagnostics.Count > 0)
            return new CelCompilation<TContext>(diagnostics, null);
        var checker = new CelChecker(_names, chosen.DisableCheck, diagnostics);
        checker.CheckWhole(root, expected);
        var sorted = diagnostics.OrderBy(each => each.Line).ThenBy(each => each.Column).ToArray();
        return sorted.Length > 0
            ? new CelCompilation<TContext>(sorted, null)
            : new CelCompilation<TContext>(
                [], new CelExpression<TContext>(source, root, expected, chosen.Budget, new Lock()));
    }

    private CelEnvironment<TContext> Add(CelHostFunction function)
    {
        _names.Add(function);
        return this;
    }

    private static int CountNodes(CelNode node) => 1 + node.Children.Sum(CountNodes);
}
