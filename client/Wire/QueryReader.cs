using System.Globalization;
using MallVip.Client.Problems;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Wire;

/// <summary>Reads query parameters; a wrong one is a problem that names it.</summary>
internal static class QueryReader
{
    private static readonly string[] Rfc3339 =
        ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    /// <summary><c>true</c> or <c>false</c>; absent: false.</summary>
    public static bool Flag(HttpRequest request, string name)
    {
        var text = request.Query[name].ToString();
        return text switch
        {
            "" or "false" => false,
            "true" => true,
            _ => throw ApiErrors.InvalidRequest.Thrown($"'{name}' is true or false.", name),
        };
    }

    /// <summary>
    /// An instant in RFC 3339; absent: null. A <c>+</c> that arrives as a blank, as in most clients, is read.
    /// </summary>
    public static DateTimeOffset? Instant(HttpRequest request, string name)
    {
        var text = request.Query[name].ToString();
        if (text.Length == 0)
            return null;
        text = text.Replace(' ', '+');
        if (text[^1] is 'Z' or 'z')
            text = text[..^1] + "+00:00";
        return DateTimeOffset.TryParseExact(
            text, Rfc3339, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant
            : throw ApiErrors.InvalidRequest.Thrown($"'{name}' is an RFC 3339 time with an offset.", name);
    }

    /// <summary>A whole number in a range; absent: <paramref name="otherwise"/>.</summary>
    public static int Number(HttpRequest request, string name, int otherwise, int least, int most)
    {
        var text = request.Query[name].ToString();
        if (text.Length == 0)
            return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) &&
            number >= least && number <= most
            ? number
            : throw ApiErrors.InvalidRequest.Thrown(
                $"'{name}' is a whole number from {least} to {most}.", name);
    }

    /// <summary>A text that must be there, without control characters.</summary>
    public static string Text(HttpRequest request, string name, int most)
    {
        var text = request.Query[name].ToString();
        return text.Length > 0 && text.Length <= most && !text.Any(char.IsControl)
            ? text
            : throw ApiErrors.InvalidRequest.Thrown(
                $"'{name}' has 1 to {most} characters, none of them a control one.", name);
    }

    /// <summary>A short text of visible characters; absent: null.</summary>
    public static string? Word(HttpRequest request, string name, int most)
    {
        var text = request.Query[name].ToString();
        if (text.Length == 0)
            return null;
        return text.Length <= most && text.All(c => char.IsAsciiLetterOrDigit(c) ||
            c is '.' or '_' or '-' or ':')
            ? text
            : throw ApiErrors.InvalidRequest.Thrown(
                $"'{name}' is 1 to {most} of the characters A-Z a-z 0-9 . _ - and :.", name);
    }
}
