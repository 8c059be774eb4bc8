namespace MallVip.Rules.Cel;

/// <summary>The function names that operators parse to.</summary>
public static class CelOperators
{
    public const string And = "_&&_";
    public const string Or = "_||_";
    public const string Not = "!_";
    public const string Negate = "-_";
    public const string Conditional = "_?_:_";
    public const string Equal = "_==_";
    public const string NotEqual = "_!=_";
    public const string Less = "_<_";
    public const string LessOrEqual = "_<=_";
    public const string Greater = "_>_";
    public const string GreaterOrEqual = "_>=_";
    public const string In = "@in";
    public const string Add = "_+_";
    public const string Subtract = "_-_";
    public const string Multiply = "_*_";
    public const string Divide = "_/_";
    public const string Modulo = "_%_";
    public const string Index = "_[_]";

    /// <summary>How messages and canonical text write an operator; null for functions.</summary>
    public static string? Symbol(string function) => function switch
    {
        In => "in",
        Index => "[]",
        Conditional => "?:",
        Not => "!",
        Negate => "-",
        _ when function.Length > 2 && function[0] == '_' && function[^1] == '_' => function[1..^1],
        _ => null,
    };
}
