using System.Globalization;

namespace MallVip.Rules.Cel;

/// <summary>The English text of every code; another language supplies the same keys.</summary>
public static class CelMessages
{
    public static IReadOnlyDictionary<string, string> Templates { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [CelCodes.Syntax] = "Syntax: {0}.",
            [CelCodes.TooLong] = "The expression is longer than {0} characters.",
            [CelCodes.TooDeep] = "The expression is nested deeper than {0} levels.",
            [CelCodes.TooLarge] = "The expression has more than {0} parts.",
            [CelCodes.UnknownVariable] = "There is no variable '{0}'.",
            [CelCodes.UnknownField] = "'{1}' has no field '{0}'.",
            [CelCodes.UnknownFunction] = "There is no function '{0}'.",
            [CelCodes.UnknownValue] = "'{0}' is not a {1}.",
            [CelCodes.NoOverload] = "'{0}' does not take ({1}).",
            [CelCodes.WrongArguments] = "'{0}' does not take {1} argument(s).",
            [CelCodes.DoubleWithDecimal] = "'{0}' mixes a decimal with a double, which is not exact.",
            [CelCodes.BadLiteral] = "'{0}' is not valid here: {1}.",
            [CelCodes.LiteralWanted] = "The argument of '{0}' must be written out as a text literal.",
            [CelCodes.WrongResult] = "The expression gives {0}, but {1} is wanted.",
            [CelCodes.BadRegex] = "The pattern is not valid: {0}.",
            [CelCodes.NotWalkable] = "'{0}' needs a list or a map, not {1}.",
            [CelCodes.NotBool] = "A condition (bool) is wanted here, not {0}.",
            [CelCodes.OpaqueUse] = "{0} can only be compared with == and !=.",
            [CelCodes.DivideByZero] = "Division by zero.",
            [CelCodes.Overflow] = "The result of '{0}' is out of range.",
            [CelCodes.NoKey] = "The map has no key {0}.",
            [CelCodes.DuplicateKey] = "The key {0} stands twice in the map.",
            [CelCodes.BadKey] = "{0} cannot be a key.",
            [CelCodes.Absent] = "'{0}' is absent.",
            [CelCodes.OutOfRange] = "The index {0} is out of range.",
            [CelCodes.BadConversion] = "{0} cannot become {1}.",
            [CelCodes.BadArgument] = "'{0}': {1}.",
            [CelCodes.Budget] = "The expression needs more than its budget of steps.",
            [CelCodes.BadInput] = "The input is not valid: {0}.",
            [CelCodes.HintDidYouMean] = "Did you mean '{0}'?",
            [CelCodes.HintOneOf] = "One of: {0}.",
            [CelCodes.HintDecimalLiteral] =
                "Declare the value as decimal, or write it as a literal such as 0.5.",
            [CelCodes.HintConvert] = "Convert one side, for example with {0}(...).",
            [CelCodes.HintTakes] = "It takes: {0}.",
        };

    /// <summary>The English text of a code with its arguments filled in.</summary>
    public static string Format(string code, IReadOnlyList<string> args) =>
        string.Format(CultureInfo.InvariantCulture, Templates[code], [.. args]);
}
