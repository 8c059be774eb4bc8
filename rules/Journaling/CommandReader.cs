using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Journaling;

/// <summary>Reads the commands of entries, those of purchases without going through metadata; see
/// <see cref="FactReader"/>.</summary>
/// <param name="commands">Reads what is no event.</param>
/// <param name="data">Reads the data of events that are no purchases.</param>
internal sealed class CommandReader(JsonTypeInfo<MemberCommand> commands, JsonTypeInfo<EventData> data)
{
    /// <summary>The command at which the reader stands.</summary>
    public MemberCommand Read(ref Utf8JsonReader json)
    {
        var start = json;
        if (json.TokenType == JsonTokenType.StartObject && json.Read()
            && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("c"u8) && json.Read()
            && json.TokenType == JsonTokenType.String && json.ValueTextEquals("event"u8))
            return ReadRecord(ref json);
        json = start;
        return JsonSerializer.Deserialize(ref json, commands)
            ?? throw new JsonException("The command is null.");
    }

    private MemberCommand.RecordEvent ReadRecord(ref Utf8JsonReader json)
    {
        var (happened, isClaim) = ((MallEvent?)null, false);
        while (json.Next(out var name))
            switch (name)
            {
                case "e":
                    happened = ReadEvent(ref json);
                    break;
                case "scan":
                    isClaim = json.GetBoolean();
                    break;
                default:
                    json.Skip();
                    break;
            }

        return new(happened!) { IsClaim = isClaim };
    }

    private MallEvent? ReadEvent(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null)
            return null;
        var (source, id, type) = ((string?)null, (string?)null, (string?)null);
        var (time, of) = (default(DateTimeOffset), (EventData?)null);
        while (json.Next(out var name))
            switch (name)
            {
                case "s":
                    source = json.GetString();
                    break;
                case "i":
                    id = json.GetString();
                    break;
                case "t":
                    type = NameTable.Read(ref json);
                    break;
                case "at":
                    time = json.ReadInstant() ?? default;
                    break;
                case "x":
                    of = ReadData(ref json);
                    break;
                default:
                    json.Skip();
                    break;
            }

        return new(source!, id!, type!, time, of!);
    }

    private EventData? ReadData(ref Utf8JsonReader json)
    {
        var start = json;
        if (json.TokenType == JsonTokenType.StartObject && json.Read()
            && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("d"u8) && json.Read()
            && json.TokenType == JsonTokenType.String && json.ValueTextEquals("purchase"u8)
            && ReadPurchase(ref json) is { } purchase)
            return purchase;
        json = start;
        return JsonSerializer.Deserialize(ref json, data);
    }

    /// <summary>Null: it holds something that is rare, and the serializer reads it.</summary>
    private static PurchaseData? ReadPurchase(ref Utf8JsonReader json)
    {
        var (receipt, store, till, cashier) = ((string?)null, (string?)null, (string?)null, (string?)null);
        var (paid, used) = ((Money?)null, 0L);
        var lines = ImmutableArray<PurchaseLine>.Empty;
        while (json.Next(out var name))
            switch (name)
            {
                case "r":
                    receipt = json.GetString();
                    break;
                case "s":
                    store = NameTable.Read(ref json);
                    break;
                case "p":
                    paid = json.ReadMoney();
                    break;
                case "l":
                    lines = ReadLines(ref json);
                    break;
                case "u":
                    used = json.GetInt64();
                    break;
                case "till":
                    till = json.GetString();
                    break;
                case "by":
                    cashier = json.GetString();
                    break;
                default:
                    return null;
            }

        return receipt is null || store is null || paid is null ? null : new()
        {
            Receipt = receipt,
            Store = store,
            Paid = paid.Value,
            Lines = lines,
            PointsUsed = new(used),
            Till = till,
            Cashier = cashier,
        };
    }

    private static ImmutableArray<PurchaseLine> ReadLines(ref Utf8JsonReader json)
    {
        var lines = ImmutableArray.CreateBuilder<PurchaseLine>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            lines.Add(ReadLine(ref json));
        return lines.DrainToImmutable();
    }

    private static PurchaseLine ReadLine(ref Utf8JsonReader json)
    {
        var (sku, category, brand) = ((string?)null, (string?)null, (string?)null);
        var (qty, paid) = (0m, default(Money));
        while (json.Next(out var name))
            switch (name)
            {
                case "k":
                    sku = json.GetString();
                    break;
                case "c":
                    category = NameTable.Read(ref json);
                    break;
                case "b":
                    brand = json.GetString();
                    break;
                case "q":
                    qty = json.GetDecimal();
                    break;
                case "p":
                    paid = json.ReadMoney();
                    break;
                default:
                    json.Skip();
                    break;
            }

        return new(sku, category, brand, qty, paid);
    }
}
