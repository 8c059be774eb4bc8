using System.Globalization;

namespace MallVip.Silo.Import.Values;

/// <summary>
/// Times as every JSON of MallVip writes them: RFC 3339 with offset, fractions only where there are any.
/// </summary>
internal static class Rfc3339
{
    public static string ToText(DateTimeOffset time) =>
        time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
