namespace MallVip.Rules.Cel;

/// <summary>
/// Declares what expressions may read of a <typeparamref name="T"/>: each field is a typed getter that
/// compiled expressions call directly. Complete the declaration before the first expression is compiled.
/// </summary>
public sealed class CelObjectType<T>(string name) : CelObjectType(name, typeof(T))
    where T : class
{
    /// <summary>
    /// A field. <typeparamref name="TValue"/> is bool, int, long, ulong, double, decimal, string, byte[],
    /// CelTimestamp, DateTimeOffset, CelDuration, TimeSpan, CelValue, a nullable of these, a declared class,
    /// or an IReadOnlyList or an IReadOnlyDictionary by text of them. An <paramref name="optional"/> field
    /// (every nullable is) may be absent: has() is then false and reading it is an evaluation error.
    /// </summary>
    public CelObjectType<T> Field<TValue>(string name, Func<T, TValue> get, CelType? type = null,
        bool optional = false)
    {
        Add(new CelField<T, TValue>(name, get, CelHostTypes.Declare<TValue>(type), optional));
        return this;
    }

    /// <summary>A method without arguments, as in <c>member.age()</c>. It must be pure.</summary>
    public CelObjectType<T> Method<TResult>(string name, Func<T, TResult> call, CelType? result = null)
    {
        Add(CelHostFunction.Of(name, this, [], call, CelHostTypes.Declare<TResult>(result)));
        return this;
    }

    /// <summary>A method with one argument. It must be pure.</summary>
    public CelObjectType<T> Method<TArgument, TResult>(
        string name, Func<T, TArgument, TResult> call,
        CelType? result = null)
    {
        Add(CelHostFunction.Of(name, this,
            [CelHostTypes.Declare<TArgument>(null)], call, CelHostTypes.Declare<TResult>(result)));
        return this;
    }

    /// <summary>A method with two arguments. It must be pure.</summary>
    public CelObjectType<T> Method<TFirst, TSecond, TResult>(
        string name, Func<T, TFirst, TSecond, TResult> call, CelType? result = null)
    {
        CelType[] parameters = [CelHostTypes.Declare<TFirst>(null), CelHostTypes.Declare<TSecond>(null)];
        Add(CelHostFunction.Of(name, this, parameters, call, CelHostTypes.Declare<TResult>(result)));
        return this;
    }

    /// <summary>
    /// A method whose argument is a string literal with a meaning of its own, as in
    /// <c>member.spent("365d")</c>: it is parsed once, when the expression is checked, and a wrong one is a
    /// located diagnostic.
    /// </summary>
    public CelObjectType<T> LiteralMethod<TArgument, TResult>(
        string name, CelLiteralParser<TArgument> parse, Func<T, TArgument, TResult> call,
            CelType? result = null)
    {
        Add(CelHostFunction.OfLiteral(name, this, parse, call, CelHostTypes.Declare<TResult>(result)));
        return this;
    }

    /// <summary>The same with two literals: <c>member.earned("growth", "year")</c>.</summary>
    public CelObjectType<T> LiteralMethod<TFirst, TSecond, TResult>(
        string name, CelLiteralParser<TFirst> first, CelLiteralParser<TSecond> second,
        Func<T, TFirst, TSecond, TResult> call)
    {
        Add(CelHostFunction.OfLiterals(
            name, this, first, second, call, CelHostTypes.Declare<TResult>(null)));
        return this;
    }
}

/// <summary>Reads a literal argument; on failure <paramref name="problem"/> says why, in English.</summary>
public delegate bool CelLiteralParser<TValue>(string text, out TValue value, out string problem);
