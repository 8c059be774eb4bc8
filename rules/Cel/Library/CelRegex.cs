using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace MallVip.Rules.Cel;

/// <summary>
/// RE2 patterns on the linear-time engine of .NET: the syntax both know is passed through, what means
/// something else is rewritten (ASCII classes, end of text, whole code points), what RE2 lacks is refused.
/// </summary>
internal sealed class CelRegex
{
    private const int MaxLength = 1_000;
    private const int MaxRepeat = 1_000;
    private const string AnyCharacter = @"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\n])";

    private readonly string _pattern;
    private readonly StringBuilder _result = new();
    private int _position;
    private readonly Stack<long> _weights = new([1]);
    private long _lastWeight = 1;

    private CelRegex(string pattern) => _pattern = pattern;

    public static bool TryBuild(
        string pattern, [NotNullWhen(true)] out Regex? regex, [NotNullWhen(false)] out string? problem)
    {
        regex = null;
        problem = pattern.Length > MaxLength ? $"longer than {MaxLength} characters" : null;
        if (problem is not null)
            return false;
        var translation = new CelRegex(pattern);
        problem = translation.Translate();
        if (problem is not null)
            return false;
        try
        {
            regex = new Regex(translation._result.ToString(),
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception mistake) when (mistake is ArgumentException or NotSupportedException)
        {
            problem = mistake.Message;
            return false;
        }
    }

    /// <summary>What is wrong, or null.</summary>
    private string? Translate()
    {
        while (_position < _pattern.Length)
        {
            var problem = _pattern[_position] switch
            {
                '\\' => Escape(inClass: false),
                '[' => Class(),
                '(' => Group(),
                ')' => Close(),
                '{' => Repeat(),
                '.' => Emit(AnyCharacter, 1),
                '$' => Emit(@"\z", 1),
                _ => Literal(),
            };
            if (problem is not null)
                return problem;
        }
        return null;
    }

    private string? Close()
    {
        if (_weights.Count == 1)
            return "')' has no '('";
        _lastWeight = _weights.Pop();
        _weights.Push(Math.Max(_weights.Pop(), _lastWeight));
        return Emit(")", 1);
    }

    private string? Literal()
    {
        var isPair = char.IsHighSurrogate(_pattern[_position]) && _position + 1 < _pattern.Length;
        var text = _pattern.Substring(_position, isPair ? 2 : 1);
        return Emit(isPair ? $"(?:{text})" : text, text.Length);
    }

    private string? Emit(string text, int consumed)
    {
        _result.Append(text);
        _position += consumed;
        return null;
    }

    private string? Escape(bool inClass)
    {
        if (_position + 1 >= _pattern.Length)
            return "it ends in a backslash";
        var letter = _pattern[_position + 1];
        switch (letter)
        {
            case 'd':
                return Emit(inClass ? "0-9" : "[0-9]", 2);
            case 'w':
                return Emit(inClass ? "0-9A-Za-z_" : "[0-9A-Za-z_]", 2);
            case 's':
                return Emit(inClass ? @"\t\n\f\r " : @"[\t\n\f\r ]", 2);
            case 'D' when !inClass:
                return Emit("[^0-9]", 2);
            case 'W' when !inClass:
                return Emit("[^0-9A-Za-z_]", 2);
            case 'S' when !inClass:
                return Emit(@"[^\t\n\f\r ]", 2);
            case 'x' when Next(2) == '{':
                return CodePoint();
            case 'Q':
                return Quoted();
            case 'p' or 'P':
                return Category(letter);
            case >= '1' and <= '9':
                return "back references are not allowed";
            case 'k' or 'G' or 'Z' or 'C' or 'c' or 'e' or 'K' or 'R' or 'X':
                return $"'\\{letter}' is not allowed";
            default:
                return Emit(_pattern.Substring(_position, 2), 2);
        }
    }

    /// <summary>A general category such as Lu, or Han; other scripts have no exact counterpart.</summary>
    private string? Category(char letter)
    {
        if (Next(2) != '{')
            return Emit($@"\{letter}{{{Next(2)}}}", 3);
        var end = _pattern.IndexOf('}', _position);
        var name = end < 0 ? "" : _pattern[(_position + 3)..end];
        var known = name == "Han" ? "IsCJKUnifiedIdeographs" : name;
        return name.Length is 0 or > 3
            ? $"'\\{letter}{{{name}}}' is not known"
            : Emit($@"\{letter}{{{known}}}", end + 1 - _position);
    }

    private string? CodePoint()
    {
        var end = _pattern.IndexOf('}', _position);
        var digits = end < 0 ? "" : _pattern[(_position + 3)..end];
        if (!int.TryParse(digits, System.Globalization.NumberStyles.AllowHexSpecifier, null, out var code)
            || !Rune.IsValid(code))
            return "'\\x{...}' is not a code point";
        return Emit(Regex.Escape(new Rune(code).ToString()), end + 1 - _position);
    }

    private string? Quoted()
    {
        var end = _pattern.IndexOf(@"\E", _position, StringComparison.Ordinal);
        var text = _pattern[(_position + 2)..(end < 0 ? _pattern.Length : end)];
        return Emit(Regex.Escape(text), (end < 0 ? _pattern.Length : end + 2) - _position);
    }

    private string? Group()
    {
        _weights.Push(1);
        if (Next(1) != '?')
            return Emit("(", 1);
        if (Next(2) == 'P' && Next(3) == '<')
            return Emit("(?<", 4);
        var isLookBehind = Next(2) == '<' && Next(3) is '=' or '!';
        if (Next(2) is '=' or '!' or '>' or '(' or '\'' or '#' || isLookBehind)
            return "look-around and atomic groups are not allowed";
        return Emit("(?", 2);
    }

    /// <summary>Counted repeats multiply when nested; the product stays below RE2's limit.</summary>
    private string? Repeat()
    {
        var end = _pattern.IndexOf('}', _position);
        var bounds = end < 0 ? [] : _pattern[(_position + 1)..end].Split(',');
        if (bounds.Length is 0 or > 2 || !int.TryParse(bounds[0], out var low))
            return Emit(@"\{", 1);
        var high = bounds.Length == 2 && int.TryParse(bounds[1], out var given) ? given : low;
        var inner = _pattern[_position - 1] == ')' ? _lastWeight : 1;
        var weight = inner * Math.Max(1, Math.Max(low, high));
        if (weight > MaxRepeat)
            return $"more than {MaxRepeat} repeats";
        _weights.Push(Math.Max(_weights.Pop(), weight));
        return Emit(_pattern[_position..(end + 1)], end + 1 - _position);
    }

    private string? Class()
    {
        Emit("[", 1);
        if (Next(0) == '^')
            Emit("^", 1);
        if (Next(0) == ']')
            Emit(@"\]", 1);
        while (_position < _pattern.Length && _pattern[_position] != ']')
        {
            var problem = _pattern[_position] switch
            {
                '\\' => Escape(inClass: true),
                '[' when Next(1) == ':' => Posix(),
                '[' => Emit(@"\[", 1),
                var unit when char.IsSurrogate(unit) => "characters beyond U+FFFF are not allowed in [...]",
                _ => Emit(_pattern[_position].ToString(), 1),
            };
            if (problem is not null)
                return problem;
        }
        return _position < _pattern.Length ? Emit("]", 1) : "'[' is not closed";
    }

    private string? Posix()
    {
        var end = _pattern.IndexOf(":]", _position, StringComparison.Ordinal);
        var name = end < 0 ? "" : _pattern[(_position + 2)..end];
        var members = name switch
        {
            "alnum" => "0-9A-Za-z",
            "alpha" => "A-Za-z",
            "digit" => "0-9",
            "lower" => "a-z",
            "upper" => "A-Z",
            "space" => @"\t\n\v\f\r ",
            "punct" => @"!-/:-@\[-`{-~",
            "word" => "0-9A-Za-z_",
            "xdigit" => "0-9A-Fa-f",
            _ => null,
        };
        return members is null ? $"'[:{name}:]' is not known" : Emit(members, end + 2 - _position);
    }

    private char Next(int ahead) => _position + ahead < _pattern.Length ? _pattern[_position + ahead] : '\0';
}
