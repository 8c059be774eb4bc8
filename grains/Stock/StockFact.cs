using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Rules.Catalogue;

namespace MallVip.Grains.Stock;

/// <summary>What happened to pieces of a stock. Stored for ever under these short names.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "f")]
[JsonDerivedType(typeof(Reserved), "reserved")]
[JsonDerivedType(typeof(Waits), "waits")]
[JsonDerivedType(typeof(Offered), "offered")]
[JsonDerivedType(typeof(Confirmed), "confirmed")]
[JsonDerivedType(typeof(Taken), "taken")]
[JsonDerivedType(typeof(Released), "released")]
[JsonDerivedType(typeof(GaveBack), "back")]
public abstract record StockFact
{
    private StockFact()
    {
    }

    /// <summary>A piece is on its way to a member.</summary>
    /// <param name="Day">The day that counts it.</param>
    /// <param name="Until">Until when it is set aside, or when it is carried on.</param>
    public sealed record Reserved(StockOrder Order, DateOnly Day, DateTimeOffset Until) : StockFact;

    /// <summary>Somebody stands in the line, behind all others.</summary>
    public sealed record Waits(StockOrder Order) : StockFact;

    /// <summary>A free piece is reserved for the first of the line.</summary>
    public sealed record Offered(string Piece, DateOnly Day, DateTimeOffset Until) : StockFact;

    /// <summary>What was set aside is on its way to its member.</summary>
    /// <param name="Until">When it is carried on.</param>
    public sealed record Confirmed(string Piece, DateTimeOffset Until) : StockFact;

    /// <summary>The member has it.</summary>
    public sealed record Taken(string Piece) : StockFact;

    /// <summary>The member does not take it: it is free again.</summary>
    /// <param name="Why">The code of the refusal; <c>lapsed</c>: not confirmed in time.</param>
    public sealed record Released(string Piece, string Why) : StockFact;

    /// <summary>What was taken has come back.</summary>
    public sealed record GaveBack(string Piece) : StockFact;
}

/// <summary>The body of an entry of a stock.</summary>
/// <param name="V">The format's version: 1.</param>
/// <param name="Stock">Whose; see <see cref="StockName"/>.</param>
public sealed record StockEntryBody(int V, string Stock, ImmutableArray<StockFact> Facts) : IStoredBody
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, StockJson.Default.StockEntryBody);

    /// <exception cref="JournalDamagedException">The body is of no version that this build reads.</exception>
    public static StockEntryBody Parse(ReadOnlyMemory<byte> json) =>
        StoredBody.Read(json, StockJson.Default.StockEntryBody, "A stock's");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    Converters = [typeof(Identities.UInt128HexJsonConverter), typeof(Identities.EventKeyJsonConverter)])]
[JsonSerializable(typeof(StockEntryBody))]
[JsonSerializable(typeof(StockSnapshot))]
internal sealed partial class StockJson : JsonSerializerContext;
