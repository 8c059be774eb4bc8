using System.Text.Json.Serialization;

namespace MallVip.Grains.Journal;

/// <summary>The body of the journal's first entry.</summary>
/// <param name="Key">The server key's fingerprint.</param>
internal sealed record JournalOpened(string Key);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JournalOpened))]
internal sealed partial class JournalOpenedJson : JsonSerializerContext;
