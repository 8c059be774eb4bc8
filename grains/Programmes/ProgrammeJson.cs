using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MallVip.Grains.Programmes;

/// <summary>How a rule version is archived: its files by relative path.</summary>
[JsonSerializable(typeof(ImmutableSortedDictionary<string, string>), TypeInfoPropertyName = "Sources")]
internal sealed partial class ProgrammeJson : JsonSerializerContext;
