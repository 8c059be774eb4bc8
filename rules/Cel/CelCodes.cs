namespace MallVip.Rules.Cel;

/// <summary>Codes of diagnostics and evaluation errors; they are stable.</summary>
public static class CelCodes
{
    public const string Syntax = "CEL_SYNTAX";
    public const string TooLong = "CEL_TOO_LONG";
    public const string TooDeep = "CEL_TOO_DEEP";
    public const string TooLarge = "CEL_TOO_LARGE";
    public const string UnknownVariable = "CEL_UNKNOWN_VARIABLE";
    public const string UnknownField = "CEL_UNKNOWN_FIELD";
    public const string UnknownFunction = "CEL_UNKNOWN_FUNCTION";
    public const string UnknownValue = "CEL_UNKNOWN_VALUE";
    public const string NoOverload = "CEL_NO_OVERLOAD";
    public const string WrongArguments = "CEL_WRONG_ARGUMENT_COUNT";
    public const string DoubleWithDecimal = "CEL_DOUBLE_WITH_DECIMAL";
    public const string BadLiteral = "CEL_BAD_LITERAL";
    public const string LiteralWanted = "CEL_LITERAL_WANTED";
    public const string WrongResult = "CEL_WRONG_RESULT_TYPE";
    public const string BadRegex = "CEL_BAD_REGEX";
    public const string NotWalkable = "CEL_NOT_A_LIST";
    public const string NotBool = "CEL_NOT_BOOL";
    public const string OpaqueUse = "CEL_OPAQUE_USE";

    public const string DivideByZero = "CEL_DIVIDE_BY_ZERO";
    public const string Overflow = "CEL_OVERFLOW";
    public const string NoKey = "CEL_NO_SUCH_KEY";
    public const string DuplicateKey = "CEL_DUPLICATE_KEY";
    public const string BadKey = "CEL_BAD_KEY";
    public const string Absent = "CEL_ABSENT";
    public const string OutOfRange = "CEL_INDEX_OUT_OF_RANGE";
    public const string BadConversion = "CEL_BAD_CONVERSION";
    public const string BadArgument = "CEL_BAD_ARGUMENT";
    public const string Budget = "CEL_BUDGET_EXCEEDED";
    public const string BadInput = "CEL_BAD_INPUT";

    public const string HintDidYouMean = "CEL_HINT_DID_YOU_MEAN";
    public const string HintOneOf = "CEL_HINT_ONE_OF";
    public const string HintDecimalLiteral = "CEL_HINT_DECIMAL_LITERAL";
    public const string HintConvert = "CEL_HINT_CONVERT";
    public const string HintTakes = "CEL_HINT_TAKES";
}
