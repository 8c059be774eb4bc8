using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Rules.Events;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Slips;

/// <summary>What happened to the slips of a receipt; decisions are of the latest one. Persisted for ever
/// under these short names.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "f")]
[JsonDerivedType(typeof(HandedIn), "handed-in")]
[JsonDerivedType(typeof(Approved), "approved")]
[JsonDerivedType(typeof(Declined), "declined")]
[JsonDerivedType(typeof(Ended), "ended")]
public abstract record SlipFact
{
    private SlipFact()
    {
    }

    /// <summary>One more slip of the receipt.</summary>
    /// <param name="By">Who handed it in.</param>
    /// <param name="Key">The key of the call.</param>
    /// <param name="Member">Whose purchase it is.</param>
    /// <param name="Event">The purchase as it will be recorded.</param>
    /// <param name="Content">Keyed hash of the event's content.</param>
    /// <param name="Day">The mall's day on which it was handed in.</param>
    /// <param name="Alone">Nobody else has to approve it: it is recorded from here on.</param>
    public sealed record HandedIn(
        string By, EventKey Key, MemberId Member, MallEvent Event, UInt128 Content, string? Photo,
        string? Note, DateTimeOffset At, DateTimeOffset Until, DateOnly Day, bool Alone) : SlipFact;

    /// <summary>It is recorded from here on.</summary>
    public sealed record Approved(string By) : SlipFact;

    /// <summary>Nothing is recorded.</summary>
    /// <param name="By">Who; <see cref="Slip.Clock"/>: nobody has approved it in time.</param>
    public sealed record Declined(string By, string Reason) : SlipFact;

    /// <summary>What the member said to the purchase.</summary>
    /// <param name="Member">Who said it: the one it was of, or whom that one has become a part of.</param>
    /// <param name="Status">Recorded, duplicate or refused.</param>
    /// <param name="Code">Why it is not recorded; null: it is.</param>
    /// <param name="Detail">One sentence in English, beside the code.</param>
    /// <param name="Entry">The purchase's entry; 0: none.</param>
    public sealed record Ended(
        MemberId Member, SlipStatus Status, string? Code, string? Detail, long Entry) : SlipFact;
}

/// <summary>The body of an entry of a receipt's slips.</summary>
/// <param name="V">The format's version: 1.</param>
public sealed record SlipEntryBody(int V, ImmutableArray<SlipFact> Facts) : IStoredBody
{
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, SlipJson.Default.SlipEntryBody);

    /// <exception cref="JournalDamagedException">The body is of no version that this build reads.</exception>
    public static SlipEntryBody Parse(ReadOnlyMemory<byte> json) =>
        StoredBody.Read(json, SlipJson.Default.SlipEntryBody, "A slip's");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    Converters = [typeof(Identities.UInt128HexJsonConverter), typeof(Identities.EventKeyJsonConverter)])]
[JsonSerializable(typeof(SlipEntryBody))]
internal sealed partial class SlipJson : JsonSerializerContext;
