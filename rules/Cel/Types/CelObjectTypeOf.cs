namespace MallVip.Rules.Cel;

/// <summary>
/// Declares what expressions may read of a <typeparamref name="T"/>: each field is a typed getter that compiled
/// expressions call directly. Complete the declaration before the first expression is compiled.
/// </summary>
public sealed class CelObjectType<T>(string name) : CelObjectType(name, typeof(T))
    where T : class
{
    /// <summary>
    /// A field. <typeparamref name="V"/> is bool, int, long, ulong, double, decimal, string, byte[], CelTimestamp,
    /// DateTimeOffset, CelDuration, TimeSpan, CelValue, a nullable of these, a declared class, or an
    /// IReadOnlyList of them. An <paramref name="optional"/> field (every nullable is) may be absent: has() is then
    /// false and reading it is an evaluation error.
    /// </summary>
    public CelObjectType<T> Field<V>(string name, Func<T, V> get, CelType? type = null, bool optional = false)
    {
        Add(new CelField<T, V>(name, get, CelHostTypes.Declare<V>(type), optional));
        return this;
    }

    /// <summary>A method without arguments, as in <c>member.age()</c>. It must be pure.</summary>
    public CelObjectType<T> Method<R>(string name, Func<T, R> call, CelType? result = null)
    {
        Add(CelHostFunction.Of(name, this, [], call, CelHostTypes.Declare<R>(result)));
        return this;
    }

    /// <summary>A method with one argument. It must be pure.</summary>
    public CelObjectType<T> Method<A, R>(string name, Func<T, A, R> call, CelType? result = null)
    {
        Add(CelHostFunction.Of(name, this, [CelHostTypes.Declare<A>(null)], call, CelHostTypes.Declare<R>(result)));
        return this;
    }

    /// <summary>A method with two arguments. It must be pure.</summary>
    public CelObjectType<T> Method<A, B, R>(string name, Func<T, A, B, R> call, CelType? result = null)
    {
        CelType[] parameters = [CelHostTypes.Declare<A>(null), CelHostTypes.Declare<B>(null)];
        Add(CelHostFunction.Of(name, this, parameters, call, CelHostTypes.Declare<R>(result)));
        return this;
    }

    /// <summary>
    /// A method whose argument is a string literal with a meaning of its own, as in <c>member.spent("365d")</c>: it
    /// is parsed once, when the expression is checked, and a wrong one is a located diagnostic.
    /// </summary>
    public CelObjectType<T> LiteralMethod<A, R>(
        string name, CelLiteralParser<A> parse, Func<T, A, R> call, CelType? result = null)
    {
        Add(CelHostFunction.OfLiteral(name, this, parse, call, CelHostTypes.Declare<R>(result)));
        return this;
    }
}

/// <summary>Reads a literal argument; on failure <paramref name="problem"/> says why, in English.</summary>
public delegate bool CelLiteralParser<TValue>(string text, out TValue value, out string problem);
