using MallVip.Client.Problems;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Members;

/// <summary>
/// The <c>Idempotency-Key</c> header (draft-ietf-httpapi-idempotency-key-header-07): a structured-field
/// string, in quotes; without quotes it is read as it stands.
/// </summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>In characters.</summary>
    public const int MaxLength = 255;

    /// <exception cref="RefusedException">The header is missing, repeated or not well-formed.</exception>
    public static string Of(HttpRequest request)
    {
        var values = request.Headers[Header];
        if (values.Count == 0 || string.IsNullOrWhiteSpace(values[0]))
            throw ApiErrors.MissingIdempotencyKey.Thrown(
                "A write that is not an event needs the header Idempotency-Key.");
        var key = Unquoted(values[0]!.Trim());
        if (values.Count > 1 || key.Length is 0 or > MaxLength || !key.All(c => c is > ' ' and <= '~'))
            throw ApiErrors.InvalidIdempotencyKey.Thrown(
                $"The Idempotency-Key is not one value of 1 to {MaxLength} visible ASCII characters.");
        return key;
    }

    private static string Unquoted(string text) => text.Length >= 2 && text[0] == '"' && text[^1] == '"'
        ? text[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace(
            "\\\\", "\\", StringComparison.Ordinal)
        : text;
}
