using System.Globalization;
using System.Text;

namespace MallVip.Rules.Cel;

/// <summary>String and bytes literals: prefixes r and b, single and triple quotes, escapes.</summary>
internal sealed partial class CelLexer
{
    private readonly record struct Prefix(bool Raw, bool Bytes, int Length);

    private Prefix? StringPrefix()
    {
        var (raw, bytes, length) = (false, false, 0);
        for (; length < 2; length++)
        {
            if (Peek(length) is 'r' or 'R' && !raw)
                raw = true;
            else if (Peek(length) is 'b' or 'B' && !bytes)
                bytes = true;
            else
                break;
        }
        return Peek(length) is '"' or '\'' ? new Prefix(raw, bytes, length) : null;
    }

    private CelToken? ReadString(int start, Prefix prefix)
    {
        var span = SpanFrom(start);
        _position += prefix.Length;
        var quote = Peek(0);
        var isTriple = Peek(1) == quote && Peek(2) == quote;
        _position += isTriple ? 3 : 1;
        var text = new StringBuilder();
        var octets = new MemoryStream();
        while (!AtEndOfString(quote, isTriple))
        {
            if (_position >= source.Length || !isTriple && Peek(0) is '\n' or '\r')
                return Broken(start, "the text has no closing quote");
            if (!ReadCharacter(prefix, text, octets))
                return SkipBrokenString(quote, isTriple);
        }
        _position += isTriple ? 3 : 1;
        var value = prefix.Bytes ? CelValue.Of(octets.ToArray()) : CelValue.Of(text.ToString());
        var kind = prefix.Bytes ? CelTokenKind.Bytes : CelTokenKind.String;
        return new CelToken(kind, source[start.._position], span with { Length = _position - start }, value);
    }

    private bool AtEndOfString(char quote, bool isTriple) =>
        Peek(0) == quote && (!isTriple || Peek(1) == quote && Peek(2) == quote);

    private bool ReadCharacter(Prefix prefix, StringBuilder text, MemoryStream octets)
    {
        if (Peek(0) == '\\' && !prefix.Raw)
            return ReadEscape(prefix.Bytes, text, octets);
        if (Peek(0) == '\n')
            NewLine(_position);
        if (!Rune.TryGetRuneAt(source, _position, out var rune))
        {
            Report(_position, CelCodes.Syntax, "half of a surrogate pair");
            return false;
        }
        _position += rune.Utf16SequenceLength;
        if (prefix.Bytes)
            Append(octets, rune);
        else
            text.Append(rune.ToString());
        return true;
    }

    private bool ReadEscape(bool bytes, StringBuilder text, MemoryStream octets)
    {
        var start = _position;
        var letter = Peek(1);
        _position += 2;
        var simple = "abfnrtv\\?\"'`".IndexOf(letter);
        if (simple >= 0)
        {
            var character = "\a\b\f\n\r\t\v\\?\"'`"[simple];
            text.Append(character);
            octets.WriteByte((byte)character);
            return true;
        }
        if (!TryCodePoint(letter, bytes, out var code))
        {
            _position = Math.Min(_position, source.Length);
            Report(start, CelCodes.Syntax, $"'{source[start.._position]}' is not a valid escape");
            return false;
        }
        octets.WriteByte(unchecked((byte)code));
        text.Append(new Rune(code).ToString());
        return true;
    }

    private bool TryCodePoint(char letter, bool bytes, out int code)
    {
        var digits = letter switch
        {
            'x' or 'X' => 2,
            'u' when !bytes => 4,
            'U' when !bytes => 8,
            >= '0' and <= '3' => 2,
            _ => 0,
        };
        code = 0;
        var isOctal = char.IsAsciiDigit(letter);
        if (digits == 0 || _position + digits > source.Length)
            return false;
        var number = source.AsSpan(isOctal ? _position - 1 : _position, isOctal ? 3 : digits);
        _position += digits;
        if (isOctal)
            return TryOctal(number, out code);
        return int.TryParse(number, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code)
            && Rune.IsValid(code);
    }

    private static bool TryOctal(ReadOnlySpan<char> digits, out int code)
    {
        code = 0;
        foreach (var digit in digits)
        {
            if (digit is < '0' or > '7')
                return false;
            code = code * 8 + (digit - '0');
        }
        return true;
    }

    private static void Append(MemoryStream octets, Rune rune)
    {
        Span<byte> utf8 = stackalloc byte[4];
        octets.Write(utf8[..rune.EncodeToUtf8(utf8)]);
    }

    private CelToken? SkipBrokenString(char quote, bool isTriple)
    {
        while (_position < source.Length && !AtEndOfString(quote, isTriple) && (isTriple || Peek(0) != '\n'))
        {
            if (Peek(0) == '\n')
                NewLine(_position);
            _position += Peek(0) == '\\' && _position + 1 < source.Length ? 2 : 1;
        }
        _position = Math.Min(source.Length, _position + (isTriple ? 3 : 1));
        return null;
    }
}
