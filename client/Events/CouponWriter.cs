using System.Collections.Immutable;
using System.Text.Json;
using MallVip.Rules.Journaling;

namespace MallVip.Client.Events;

/// <summary>Writes what became of coupons, as <see cref="Wire.CouponChangeBody"/>s.</summary>
internal static class CouponWriter
{
    /// <summary>Writes nothing where there is none.</summary>
    public static void Write(Utf8JsonWriter json, ImmutableArray<OutcomeCoupon> coupons)
    {
        if (coupons.IsEmpty)
            return;
        json.WriteStartArray("coupons"u8);
        foreach (var coupon in coupons)
            Write(json, coupon);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, OutcomeCoupon coupon)
    {
        json.WriteStartObject();
        json.WriteString("what"u8, coupon.What);
        json.WriteString("template"u8, coupon.Template);
        if (coupon.Number is { } number)
            json.WriteNumber("number"u8, number);
        if (coupon.Off is { } off)
            json.WriteString("off"u8, off.ToString());
        if (coupon.Until is { } until)
            json.WriteString("until"u8, until);
        json.WriteEndObject();
    }
}
