using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Identities;

/// <summary>What changed at an identity. Persisted for ever under these short names.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "f")]
[JsonDerivedType(typeof(Claimed), "claimed")]
[JsonDerivedType(typeof(Confirmed), "confirmed")]
[JsonDerivedType(typeof(Released), "released")]
[JsonDerivedType(typeof(Moved), "moved")]
[JsonDerivedType(typeof(Ordered), "ordered")]
[JsonDerivedType(typeof(Kept), "kept")]
[JsonDerivedType(typeof(EventClaimed), "event-claimed")]
[JsonDerivedType(typeof(Delivered), "delivered")]
public abstract record IdentityFact
{
    private IdentityFact()
    {
    }

    /// <summary>A member holds the identity from here on, behind those who hold it already; if it is the
    /// only one, every waiting event is promised to it.</summary>
    public sealed record Claimed(MemberId Member) : IdentityFact
    {
        /// <summary>The claim may still be undone, and events of the first in order wait for that to be
        /// settled; null: it is for good.</summary>
        public Pledge? Pledge { get; init; }

        /// <summary>A test key claimed it.</summary>
        public bool Test { get; init; }
    }

    /// <summary>The pledged claim is for good: the member has the identity.</summary>
    public sealed record Confirmed : IdentityFact;

    /// <summary>The pledged claim is undone, or its holder has given it up: the next in order is the first,
    /// or nobody holds the identity.</summary>
    public sealed record Released : IdentityFact;

    /// <summary>A holder has become a part of another member, who holds the identity in its place now, or in
    /// its own if that is the earlier one.</summary>
    public sealed record Moved(MemberId Member) : IdentityFact
    {
        /// <summary>Who holds it no longer; null: the only one who did.</summary>
        public MemberId? From { get; init; }
    }

    /// <summary>An operator has put those who hold the identity in this order.</summary>
    public sealed record Ordered(ImmutableArray<MemberId> Members, string Reason) : IdentityFact;

    /// <summary>An event waits here.</summary>
    public sealed record Kept(KeptEvent Event) : IdentityFact;

    /// <summary>One waiting event is promised to a member who claimed it.</summary>
    public sealed record EventClaimed(EventKey Key, MemberId Member) : IdentityFact;

    /// <summary>The member has the promised event.</summary>
    public sealed record Delivered(EventKey Key) : IdentityFact;
}

/// <summary>A claim that is not for good: one of several that stand or fall together, or one that is being
/// given up.</summary>
/// <param name="By">The key of the registration, event or release; none: nobody's, a stray claim.</param>
/// <param name="Until">The silo's clock: the member has the identity by then, or the claim is undone.</param>
[GenerateSerializer, Immutable]
public sealed record Pledge([property: Id(0)] EventKey By, [property: Id(1)] DateTimeOffset Until)
{
    /// <summary>The holder, who has had the identity for good, is about to give it up. No claim confirms
    /// that; only the member's own word ends it.</summary>
    [Id(2)]
    public bool Ends { get; init; }
}

/// <summary>The body of an identity's journal entry.</summary>
/// <param name="V">The format's version: 1.</param>
public sealed record IdentityBody(int V, ImmutableArray<IdentityFact> Facts) : IStoredBody
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, IdentityJson.Default.IdentityBody);

    /// <exception cref="JournalDamagedException">The body is of no version that this build reads.</exception>
    public static IdentityBody Parse(ReadOnlyMemory<byte> json) =>
        StoredBody.Read(json, IdentityJson.Default.IdentityBody, "An identity's");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    Converters = [typeof(EventKeyJsonConverter), typeof(UInt128HexJsonConverter)])]
[JsonSerializable(typeof(IdentityBody))]
internal sealed partial class IdentityJson : JsonSerializerContext;

/// <summary>A key is 32 hex digits in JSON.</summary>
internal sealed class EventKeyJsonConverter : JsonConverter<EventKey>
{
    public override EventKey Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(UInt128.Parse(reader.GetString()!, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));

    public override void Write(Utf8JsonWriter writer, EventKey value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

/// <summary>A 128-bit number is 32 hex digits in JSON.</summary>
internal sealed class UInt128HexJsonConverter : JsonConverter<UInt128>
{
    public override UInt128 Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        UInt128.Parse(reader.GetString()!, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    public override void Write(Utf8JsonWriter writer, UInt128 value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("x32", CultureInfo.InvariantCulture));
}
