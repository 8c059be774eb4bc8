using MallVip.Rules.Checking;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Texts;

/// <summary>Which language a request asks for.</summary>
public static class Languages
{
    /// <summary>
    /// The first of zh and en in <c>Accept-Language</c>, by quality; English if neither is named.
    /// </summary>
    public static Language Of(HttpRequest request)
    {
        var best = Language.English;
        var quality = 0.0;
        foreach (var wish in request.GetTypedHeaders().AcceptLanguage)
        {
            if (Named(wish.Value.AsSpan()) is not { } language || (wish.Quality ?? 1) <= quality)
                continue;
            best = language;
            quality = wish.Quality ?? 1;
        }

        return best;
    }

    /// <summary>The language's own name in headers.</summary>
    public static string Tag(Language language) => language == Language.Chinese ? "zh" : "en";

    private static Language? Named(ReadOnlySpan<char> tag)
    {
        var end = tag.IndexOf('-');
        var primary = end < 0 ? tag : tag[..end];
        if (primary.Equals("zh", StringComparison.OrdinalIgnoreCase))
            return Language.Chinese;
        return primary.Equals("en", StringComparison.OrdinalIgnoreCase) ? Language.English : null;
    }
}
