using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MallVip.Silo.Simulate;

/// <summary>Writes simulated events as CloudEvents 1.0 JSON. Not for use by two threads.</summary>
/// <param name="seed">Part of the source, so that two simulations do not share keys.</param>
public sealed class SimulatedEventWriter(int seed) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 10);
    private readonly JsonEncodedText _source =
        JsonEncodedText.Encode(string.Create(CultureInfo.InvariantCulture, $"simulator/{seed}"), null);

    private Utf8JsonWriter? _json;

    /// <summary>The event as one JSON object without a line end; valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(SimulatedEvent item)
    {
        _buffer.ResetWrittenCount();
        _json ??= new Utf8JsonWriter(_buffer, new JsonWriterOptions
        {
            SkipValidation = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString(Names.SpecVersion, "1.0"u8);
        _json.WriteString(Names.Id, item.Id);
        _json.WriteString(Names.Source, _source);
        _json.WriteString(Names.Type, item.Type);
        _json.WriteString(Names.Subject, item.Subject);
        WriteTime(_json, item.Time);
        _json.WriteStartObject(Names.Data);
        WriteData(_json, item.Data);
        _json.WriteEndObject();
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenSpan;
    }

    /// <inheritdoc/>
    public void Dispose() => _json?.Dispose();

    private static void WriteData(Utf8JsonWriter json, SimulatedData data)
    {
        switch (data)
        {
            case SimulatedData.Purchase purchase:
                WritePurchase(json, purchase);
                break;
            case SimulatedData.Refund refund:
                WriteRefund(json, refund);
                break;
            case SimulatedData.Parking parking:
                json.WriteString(Names.Lot, parking.Lot);
                json.WriteString(Names.Plate, parking.Plate);
                json.WriteString(Names.Session, parking.Session);
                json.WriteString(Names.Vehicle, "car"u8);
                break;
            case SimulatedData.Visit visit:
                json.WriteString(Names.Mall, visit.Mall);
                json.WriteString(Names.Place, visit.Place);
                break;
            case SimulatedData.Checkin checkin:
                json.WriteString(Names.Page, checkin.Page);
                json.WriteString(Names.Place, checkin.Place);
                break;
            case SimulatedData.Registration registration:
                WriteRegistration(json, registration);
                break;
            default:
                throw new InvalidOperationException($"Unknown data: {data}.");
        }
    }

    private static void WritePurchase(Utf8JsonWriter json, SimulatedData.Purchase purchase)
    {
        json.WriteString(Names.Receipt, purchase.Receipt);
        json.WriteString(Names.Store, purchase.Store.Code);
        WriteMoney(json, Names.Paid, purchase.PaidCents);
        json.WriteStartArray(Names.Lines);
        foreach (var line in purchase.Lines)
        {
            json.WriteStartObject();
            json.WriteString(Names.Sku, line.Product.Sku);
            json.WriteString(Names.Category, line.Product.Category);
            json.WriteString(Names.Brand, line.Product.Brand);
            json.WriteNumber(Names.Qty, line.Qty);
            WriteMoney(json, Names.Paid, line.PaidCents);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray(Names.Tenders);
        json.WriteStartObject();
        json.WriteString(Names.Kind, purchase.Tender);
        WriteMoney(json, Names.Paid, purchase.PaidCents);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteRefund(Utf8JsonWriter json, SimulatedData.Refund refund)
    {
        var line = refund.Line > 0 ? refund.Of.Lines[refund.Line - 1] : default;
        json.WriteString(Names.RefundNumber, refund.Number);
        json.WriteString(Names.Store, refund.Of.Store.Code);
        json.WriteString(Names.Receipt, refund.Of.Receipt);
        WriteMoney(json, Names.Paid, refund.Line > 0 ? line.PaidCents : refund.Of.PaidCents);
        if (refund.Line == 0)
            return;
        json.WriteStartArray(Names.Lines);
        json.WriteStartObject();
        json.WriteNumber(Names.Line, refund.Line);
        json.WriteNumber(Names.Qty, line.Qty);
        WriteMoney(json, Names.Paid, line.PaidCents);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteRegistration(Utf8JsonWriter json, SimulatedData.Registration registration)
    {
        json.WriteStartArray(Names.Identities);
        foreach (var identity in registration.Identities)
            json.WriteStringValue(identity);
        json.WriteEndArray();
        json.WriteStartObject(Names.Attributes);
        json.WriteString(Names.Birthday, registration.Birthday.ToString("O", CultureInfo.InvariantCulture));
        json.WriteEndObject();
        if (registration.Referrer is { } referrer)
            json.WriteString(Names.Referrer, referrer);
    }

    private static void WriteMoney(Utf8JsonWriter json, JsonEncodedText name, long cents)
    {
        Span<byte> text = stackalloc byte[32];
        Utf8Formatter.TryFormat(cents / 100, text, out var length);
        text[length++] = (byte)'.';
        text[length++] = (byte)('0' + cents % 100 / 10);
        text[length++] = (byte)('0' + cents % 10);
        json.WriteString(name, text[..length]);
    }

    private static void WriteTime(Utf8JsonWriter json, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[40];
        time.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
        json.WriteString(Names.Time, text[..length]);
    }
}
