using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;

namespace MallVip.Rules.Journaling;

/// <summary>
/// Writes bodies, byte for byte what <see cref="JournalJson"/>'s serializer writes, but the entries of a
/// purchase without going through metadata: they are nearly all that a busy mall writes, and this halves the
/// time of writing one. A test holds the two together; whatever is not spelled out here is left to the
/// serializer.
/// </summary>
internal sealed class BodyWriter(JsonWriterOptions options, JsonSerializerOptions serializer)
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? Buffer;

    // A writer brings a stack of its own, larger than most bodies.
    [ThreadStatic]
    private static Utf8JsonWriter? Json;

    private readonly JsonTypeInfo<MemberCommand> _commands =
        (JsonTypeInfo<MemberCommand>)serializer.GetTypeInfo(typeof(MemberCommand));

    private readonly FactWriter _facts = new((JsonTypeInfo<Fact>)serializer.GetTypeInfo(typeof(Fact)));

    public byte[] Write(EntryBody body)
    {
        var buffer = Buffer ??= new ArrayBufferWriter<byte>(1 << 10);
        buffer.ResetWrittenCount();
        var json = Json ??= new Utf8JsonWriter(buffer, options);
        json.Reset(buffer);
        json.WriteStartObject();
        json.WriteNumber("v"u8, body.Version);
        json.WritePropertyName("c"u8);
        Write(json, body.Command);
        Write(json, body.Facts);
        json.WritePropertyName("z"u8);
        Write(json, body.After);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private void Write(Utf8JsonWriter json, MemberCommand command)
    {
        if (command is not MemberCommand.RecordEvent
            {
                IsClaim: false,
                Event: { Data: PurchaseData purchase } happened,
            })
        {
            JsonSerializer.Serialize(json, command, _commands);
            return;
        }

        json.WriteStartObject();
        json.WriteString("c"u8, "event"u8);
        json.WriteStartObject("e"u8);
        json.WriteString("s"u8, happened.Source);
        json.WriteString("i"u8, happened.Id);
        json.WriteString("t"u8, happened.Type);
        json.WriteString("at"u8, happened.Time);
        json.WritePropertyName("x"u8);
        Write(json, purchase);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PurchaseData purchase)
    {
        json.WriteStartObject();
        json.WriteString("d"u8, "purchase"u8);
        json.WriteString("r"u8, purchase.Receipt);
        json.WriteString("s"u8, purchase.Store);
        json.WriteText("p"u8, purchase.Paid);
        if (!purchase.Lines.IsEmpty)
            WriteLines(json, purchase.Lines);
        if (!purchase.Tenders.IsEmpty)
            WriteTenders(json, purchase.Tenders);
        json.WriteUnlessZero("u"u8, purchase.PointsUsed.Value);
        json.WriteUnlessNull("ho"u8, purchase.Hold);
        if (!purchase.Coupons.IsEmpty)
            WriteCoupons(json, purchase);
        json.WriteUnlessNull("till"u8, purchase.Till);
        json.WriteUnlessNull("by"u8, purchase.Cashier);
        json.WriteEndObject();
    }

    private static void WriteCoupons(Utf8JsonWriter json, PurchaseData purchase)
    {
        json.WriteStartArray("cp"u8);
        foreach (var coupon in purchase.Coupons)
            json.WriteStringValue(coupon);
        json.WriteEndArray();
        if (purchase.Redeems.IsEmpty)
            return;
        json.WriteStartArray("cn"u8);
        foreach (var number in purchase.Redeems)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static void WriteLines(Utf8JsonWriter json, ImmutableArray<PurchaseLine> lines)
    {
        json.WriteStartArray("l"u8);
        foreach (var line in lines)
        {
            json.WriteStartObject();
            json.WriteUnlessNull("k"u8, line.Sku);
            json.WriteUnlessNull("c"u8, line.Category);
            json.WriteUnlessNull("b"u8, line.Brand);
            if (line.Qty != 0)
                json.WriteNumber("q"u8, line.Qty);
            if (line.Paid.Amount != 0)
                json.WriteText("p"u8, line.Paid);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTenders(Utf8JsonWriter json, ImmutableArray<Tender> tenders)
    {
        json.WriteStartArray("t"u8);
        foreach (var tender in tenders)
        {
            json.WriteStartObject();
            json.WriteUnlessNull("k"u8, tender.Kind);
            if (tender.Paid.Amount != 0)
                json.WriteText("p"u8, tender.Paid);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Write(Utf8JsonWriter json, ImmutableArray<Fact> facts)
    {
        if (facts.IsEmpty)
            return;
        json.WriteStartArray("f"u8);
        foreach (var fact in facts)
            _facts.Write(json, fact);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, AfterEntry after)
    {
        json.WriteStartObject();
        if (!after.Wallets.IsEmpty)
        {
            json.WriteStartArray("w"u8);
            foreach (var wallet in after.Wallets)
            {
                json.WriteStartObject();
                json.WriteString("w"u8, wallet.Wallet);
                json.WriteUnlessZero("b"u8, wallet.Balance.Value);
                json.WriteUnlessZero("p"u8, wallet.Pending.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteUnlessNull("t"u8, after.Tier);
        json.WriteEndObject();
    }
}
