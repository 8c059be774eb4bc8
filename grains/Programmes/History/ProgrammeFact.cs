using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;

namespace MallVip.Grains.Programmes;

/// <summary>What happened to the programme. Persisted for ever under these short names.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "f")]
[JsonDerivedType(typeof(Published), "published")]
public abstract record ProgrammeFact
{
    private ProgrammeFact()
    {
    }

    /// <summary>A version is to decide from an instant on. Author and time stand in the entry.</summary>
    public sealed record Published(
        string Version, string? Parent, PublishedHow How, DateTimeOffset EffectiveAt, string? Note)
        : ProgrammeFact
    {
        /// <summary>
        /// From when on its rules wait for each event of time; without an instant for ever. Null: written
        /// before dates were kept.
        /// </summary>
        public ImmutableSortedDictionary<string, DateTimeOffset?>? Timed { get; init; }
    }
}

/// <summary>The body of a programme's journal entry.</summary>
/// <param name="V">The format's version: 1.</param>
public sealed record ProgrammeBody(int V, ImmutableArray<ProgrammeFact> Facts) : IStoredBody
{
    public byte[] ToJson() =>
        JsonSerializer.SerializeToUtf8Bytes(this, ProgrammeBodyJson.Default.ProgrammeBody);

    /// <exception cref="JournalDamagedException">The body is of no version that this build reads.</exception>
    public static ProgrammeBody Parse(ReadOnlyMemory<byte> json) =>
        StoredBody.Read(json, ProgrammeBodyJson.Default.ProgrammeBody, "A programme's");
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProgrammeBody))]
internal sealed partial class ProgrammeBodyJson : JsonSerializerContext;
