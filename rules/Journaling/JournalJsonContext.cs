using System.Text.Json.Serialization;
using MallVip.Rules.Deciding;
using MallVip.Rules.Members;
using MallVip.Rules.Parking;

namespace MallVip.Rules.Journaling;

/// <summary>Generated serialization of what is kept for ever (bodies) and for a while (snapshots).</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(EntryBody))]
[JsonSerializable(typeof(MemberState))]
[JsonSerializable(typeof(Outcome))]
[JsonSerializable(typeof(VisitPayment))]
[JsonSerializable(typeof(Rejection))]
internal sealed partial class JournalJsonContext : JsonSerializerContext;
