using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MallVip.Client.Events;

/// <summary>What a caller would like best (RFC 7240); what is not known here is passed over.</summary>
internal static class Preference
{
    private const string RespondAsync = "respond-async";

    /// <summary>Whether the caller would rather not wait for the outcome.</summary>
    public static bool IsRespondAsync(HttpRequest request) =>
        request.Headers.TryGetValue("Prefer", out var lines)
        && NameValueHeaderValue.TryParseList([.. lines.OfType<string>()], out var preferences)
        && preferences.Any(IsRespondAsync);

    /// <summary>Says that the preference was followed.</summary>
    public static void NoteApplied(HttpResponse response) =>
        response.Headers["Preference-Applied"] = RespondAsync;

    private static bool IsRespondAsync(NameValueHeaderValue preference) =>
        preference.Name.Equals(RespondAsync, StringComparison.OrdinalIgnoreCase)
        && preference.GetUnescapedValue().Length == 0;
}
