namespace MallVip.Rules.Cel;

/// <summary>
/// Marks a static method as one overload of a function of the language. Parameter types follow from the
/// method; a leading <c>ref CelState</c> means that it can fail.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
internal sealed class CelFunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    /// <summary>Whether the first parameter is the receiver.</summary>
    public bool IsMember { get; init; }

    /// <summary>Whether the result is a list of text; lists are lists of dyn otherwise.</summary>
    public bool GivesTexts { get; init; }

    /// <summary>Whether a list parameter holds text.</summary>
    public bool TakesTexts { get; init; }
}
