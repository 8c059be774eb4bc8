using System.Text.Json;

namespace MallVip.Silo.Simulate;

/// <summary>Field names of CloudEvents and of the event table, encoded once.</summary>
internal static class Names
{
    public static readonly JsonEncodedText SpecVersion = JsonEncodedText.Encode("specversion");
    public static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    public static readonly JsonEncodedText Source = JsonEncodedText.Encode("source");
    public static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    public static readonly JsonEncodedText Subject = JsonEncodedText.Encode("subject");
    public static readonly JsonEncodedText Time = JsonEncodedText.Encode("time");
    public static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");
    public static readonly JsonEncodedText Receipt = JsonEncodedText.Encode("receipt");
    public static readonly JsonEncodedText Store = JsonEncodedText.Encode("store");
    public static readonly JsonEncodedText Paid = JsonEncodedText.Encode("paid");
    public static readonly JsonEncodedText Lines = JsonEncodedText.Encode("lines");
    public static readonly JsonEncodedText Sku = JsonEncodedText.Encode("sku");
    public static readonly JsonEncodedText Category = JsonEncodedText.Encode("category");
    public static readonly JsonEncodedText Brand = JsonEncodedText.Encode("brand");
    public static readonly JsonEncodedText Qty = JsonEncodedText.Encode("qty");
    public static readonly JsonEncodedText Tenders = JsonEncodedText.Encode("tenders");
    public static readonly JsonEncodedText Kind = JsonEncodedText.Encode("kind");
    public static readonly JsonEncodedText RefundNumber = JsonEncodedText.Encode("refund");
    public static readonly JsonEncodedText Line = JsonEncodedText.Encode("line");
    public static readonly JsonEncodedText Lot = JsonEncodedText.Encode("lot");
    public static readonly JsonEncodedText Plate = JsonEncodedText.Encode("plate");
    public static readonly JsonEncodedText Session = JsonEncodedText.Encode("session");
    public static readonly JsonEncodedText Vehicle = JsonEncodedText.Encode("vehicle");
    public static readonly JsonEncodedText Mall = JsonEncodedText.Encode("mall");
    public static readonly JsonEncodedText Place = JsonEncodedText.Encode("place");
    public static readonly JsonEncodedText Page = JsonEncodedText.Encode("page");
    public static readonly JsonEncodedText Identities = JsonEncodedText.Encode("identities");
    public static readonly JsonEncodedText Attributes = JsonEncodedText.Encode("attributes");
    public static readonly JsonEncodedText Birthday = JsonEncodedText.Encode("birthday");
    public static readonly JsonEncodedText Referrer = JsonEncodedText.Encode("referrer");
}
