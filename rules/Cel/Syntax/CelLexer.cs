using System.Globalization;

namespace MallVip.Rules.Cel;

/// <summary>Source text to tokens. Mistakes are collected, and a broken token is left out.</summary>
internal sealed partial class CelLexer(string source, List<CelDiagnostic> diagnostics)
{
    private static readonly HashSet<string> Keywords =
        new(StringComparer.Ordinal) { "true", "false", "null", "in" };
    private static readonly string[] Symbols =
        ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ",", ".", "(",
            ")",
            "[", "]", "{", "}"];

    private int _position;
    private int _line = 1;
    private int _lineStart;

    public List<CelToken> Read()
    {
        var tokens = new List<CelToken>();
        while (SkipBlank())
        {
            if (Next() is { } token)
                tokens.Add(token);
        }
        tokens.Add(new CelToken(CelTokenKind.End, "", SpanFrom(_position), default));
        return tokens;
    }

    private CelToken? Next()
    {
        var start = _position;
        var first = source[start];
        if (StringPrefix() is { } prefix)
            return ReadString(start, prefix);
        if (char.IsAsciiLetter(first) || first == '_')
            return ReadWord(start);
        if (char.IsAsciiDigit(first) || first == '.' && char.IsAsciiDigit(Peek(1)))
            return ReadNumber(start);
        if (first == '`')
            return ReadQuotedIdent(start);
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(source, start, symbol, 0, symbol.Length) == 0)
            {
                _position += symbol.Length;
                return Token(CelTokenKind.Symbol, start);
            }
        }
        _position += char.IsHighSurrogate(first) && char.IsLowSurrogate(Peek(1)) ? 2 : 1;
        Report(start, CelCodes.Syntax, $"unexpected character '{source[start.._position]}'");
        return null;
    }

    private bool SkipBlank()
    {
        while (_position < source.Length)
        {
            if (source[_position] == '\n')
                NewLine(_position);
            else if (source[_position] == '/' && Peek(1) == '/')
                SkipComment();
            else if (source[_position] is not (' ' or '\t' or '\r' or '\f'))
                return true;
            _position++;
        }
        return false;
    }

    private void SkipComment()
    {
        while (_position + 1 < source.Length && source[_position + 1] != '\n')
            _position++;
    }

    private CelToken ReadWord(int start)
    {
        while (char.IsAsciiLetterOrDigit(Peek(0)) || Peek(0) == '_')
            _position++;
        var isKeyword = Keywords.Contains(source[start.._position]);
        return Token(isKeyword ? CelTokenKind.Keyword : CelTokenKind.Ident, start);
    }

    private CelToken? ReadQuotedIdent(int start)
    {
        var end = source.IndexOf('`', start + 1);
        _position = end < 0 ? source.Length : end + 1;
        if (end < 0 || end == start + 1)
            return Broken(start, "a quoted name needs text and a closing `");
        return new CelToken(CelTokenKind.QuotedIdent, source[(start + 1)..end], SpanFrom(start), default);
    }

    private CelToken? ReadNumber(int start)
    {
        var isHex = Peek(0) == '0' && Peek(1) is 'x' or 'X';
        if (Peek(0) == '0' && Peek(1) is 'x' or 'X')
            _position += 2;
        while (isHex ? char.IsAsciiHexDigit(Peek(0)) : char.IsAsciiDigit(Peek(0)))
            _position++;
        var isDouble = !isHex && SkipFraction() | SkipExponent();
        var digits = source[start.._position];
        var isUint = !isDouble && Peek(0) is 'u' or 'U';
        if (isUint)
            _position++;
        if (char.IsAsciiLetterOrDigit(Peek(0)) || Peek(0) == '_')
            return BrokenNumber(start);
        if (isDouble)
            return DoubleToken(start, digits);
        var style = isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        if (!ulong.TryParse(isHex ? digits[2..]
            : digits, style, CultureInfo.InvariantCulture, out var number))
            return BrokenNumber(start);
        return isUint
            ? Token(CelTokenKind.Uint, start, CelValue.Of(number))
            : Token(CelTokenKind.Int, start, CelValue.Of(number));
    }

    private bool SkipFraction()
    {
        if (Peek(0) != '.' || !char.IsAsciiDigit(Peek(1)))
            return false;
        _position++;
        while (char.IsAsciiDigit(Peek(0)))
            _position++;
        return true;
    }

    private bool SkipExponent()
    {
        var sign = Peek(1) is '+' or '-' ? 1 : 0;
        if (Peek(0) is not ('e' or 'E') || !char.IsAsciiDigit(Peek(1 + sign)))
            return false;
        _position += 1 + sign;
        while (char.IsAsciiDigit(Peek(0)))
            _position++;
        return true;
    }

    private CelToken? DoubleToken(int start, string digits)
    {
        var value = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? Token(CelTokenKind.Double, start, CelValue.Of(value))
            : BrokenNumber(start);
    }

    private CelToken? BrokenNumber(int start)
    {
        while (char.IsAsciiLetterOrDigit(Peek(0)) || Peek(0) == '_')
            _position++;
        return Broken(start, $"'{source[start.._position]}' is not a number or is out of range");
    }

    private CelToken? Broken(int start, string problem)
    {
        Report(start, CelCodes.Syntax, problem);
        return null;
    }

    private void NewLine(int at)
    {
        _line++;
        _lineStart = at + 1;
    }

    private char Peek(int ahead) => _position + ahead < source.Length ? source[_position + ahead] : '\0';

    private CelSpan SpanFrom(int start) => new(start, _position - start, _line, start - _lineStart + 1);

    private CelToken Token(CelTokenKind kind, int start, CelValue value = default) =>
        new(kind, source[start.._position], SpanFrom(start), value);

    private void Report(int start, string code, params string[] args) =>
        diagnostics.Add(CelDiagnostic.At(SpanFrom(start), code, args));
}
