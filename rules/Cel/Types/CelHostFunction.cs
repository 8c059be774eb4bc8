using System.Linq.Expressions;

namespace MallVip.Rules.Cel;

/// <summary>
/// A function or method of the host. <see cref="Call"/> takes the context or the receiver first, then the
/// arguments.
/// </summary>
internal sealed class CelHostFunction
{
    private CelHostFunction(string name, CelType? receiver, CelType[] parameters, Delegate call,
        CelType result)
    {
        Name = name;
        Receiver = receiver;
        Parameters = parameters;
        Call = call;
        Result = result;
    }

    public string Name { get; }

    /// <summary>Null for a function of the context.</summary>
    public CelType? Receiver { get; }

    public CelType[] Parameters { get; }

    public Delegate Call { get; }

    public CelType Result { get; }

    /// <summary>For literal arguments: each text to (value, problem); empty for ordinary functions.</summary>
    public Func<string, (object? Value, string? Problem)>[] Literals { get; private init; } = [];

    public static CelHostFunction Of(
        string name, CelType? receiver, CelType[] parameters, Delegate call, CelType result) =>
        new(name, receiver, parameters, call, result);

    public static CelHostFunction OfLiteral<A>(
        string name, CelType? receiver, CelLiteralParser<A> parse, Delegate call, CelType result) =>
        new(name, receiver, [CelType.String], call, result)
        {
            Literals = [Reader(parse)],
        };

    public static CelHostFunction OfLiterals<A, B>(
        string name, CelType? receiver, CelLiteralParser<A> first, CelLiteralParser<B> second, Delegate call,
        CelType result) =>
        new(name, receiver, [CelType.String, CelType.String], call, result)
        {
            Literals = [Reader(first), Reader(second)],
        };

    /// <summary>The call with the receiver or context and arguments in the delegate's own types.</summary>
    public Expression Invoke(IEnumerable<Expression> arguments) =>
        Expression.Invoke(Expression.Constant(Call), arguments);

    private static Func<string, (object? Value, string? Problem)> Reader<A>(CelLiteralParser<A> parse) =>
        text => parse(text, out var value, out var problem) ? (value, null) : (null, problem);
}
