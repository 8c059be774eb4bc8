using System.Linq.Expressions;

namespace MallVip.Rules.Cel;

/// <summary>What a name stands for.</summary>
internal abstract class CelBinding(CelType type)
{
    public CelType Type { get; } = type;
}

/// <summary>A variable of the environment; <see cref="Read"/> turns the context into its value.</summary>
internal sealed class CelVariable(string name, CelType type, Func<Expression, Expression> read)
    : CelBinding(type)
{
    public string Name { get; } = name;

    public Func<Expression, Expression> Read { get; } = read;
}

/// <summary>A name with a fixed value, such as the type <c>int</c>.</summary>
internal sealed class CelConstant(CelType type, CelValue value) : CelBinding(type)
{
    public CelValue Value { get; } = value;
}

/// <summary>A variable of a macro; the emitter sets where it lives.</summary>
internal sealed class CelLocal(string name, CelType type) : CelBinding(type)
{
    public string Name { get; } = name;

    public ParameterExpression? Slot { get; set; }

    /// <summary>
    /// Holds the error of a cel.bind value that failed; looked at when the variable is read.
    /// </summary>
    public ParameterExpression? ErrorSlot { get; set; }
}

/// <summary>A declared field of a record.</summary>
internal sealed class CelFieldBinding(CelField field) : CelBinding(field.Type)
{
    public CelField Field { get; } = field;
}
