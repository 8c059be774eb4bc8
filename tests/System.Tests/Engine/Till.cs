using System.Globalization;
using System.Text;

namespace MallVip.System.Tests.Engine;

/// <summary>Writes CloudEvents as a till would.</summary>
internal static class Till
{
    public static byte[] Purchase(
        string id, string subject, int paid, DateTimeOffset time,
        string store = "noodles", string? receipt = null) =>
        Event(id, "mall.purchase", subject, time,
            $$"""{"receipt":"{{receipt ?? "R" + id}}","store":"{{store}}","paid":"{{paid}}.00"}""");

    public static byte[] Refund(
        string id, string subject, int paid, DateTimeOffset time, string store, string receipt,
        string? refund = null) =>
        Event(id, "mall.refund", subject, time,
            $$"""{"refund":"{{refund ?? "B" + id}}","receipt":"{{receipt}}","store":"{{store}}","paid":"{{paid}}.00"}""");

    public static byte[] Event(string id, string type, string subject, DateTimeOffset time, string data) =>
        Encoding.UTF8.GetBytes($$"""
            {"specversion":"1.0","id":"{{id}}","source":"till","type":"{{type}}","subject":"{{subject}}",
            "time":"{{Text(time)}}","data":{{data}}}
            """.ReplaceLineEndings(""));

    /// <summary>The same purchase at a till whose purchases are looked at.</summary>
    public static byte[] Watched(byte[] purchase) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(purchase)
        .Replace("\"data\":{", "\"data\":{\"till\":\"watched\",", StringComparison.Ordinal));

    /// <summary>The same purchase with a coupon.</summary>
    public static byte[] Showing(byte[] purchase, string code) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(purchase).Replace(
            "\"data\":{", $"\"data\":{{\"coupons\":[\"{code}\"],", StringComparison.Ordinal));

    /// <summary>The same event from a till that cannot tell the time.</summary>
    public static byte[] WithoutTime(byte[] cloudEvent)
    {
        var json = Encoding.UTF8.GetString(cloudEvent);
        var (from, to) = (json.IndexOf("\"time\"", StringComparison.Ordinal),
            json.IndexOf("\"data\"", StringComparison.Ordinal));
        return Encoding.UTF8.GetBytes(json.Remove(from, to - from));
    }

    public static string Phone(int member) =>
        string.Create(CultureInfo.InvariantCulture, $"phone:+86138{member:D8}");

    private static string Text(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
