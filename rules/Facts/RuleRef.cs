using System.Text.Json;
using System.Text.Json.Serialization;
using MallVip.Rules.Journaling;

namespace MallVip.Rules.Facts;

/// <summary>
/// Where a ledger line comes from. A journal body keeps only <paramref name="Rule"/>: the archived version of
/// the programme, named by the entry, knows file and line.
/// </summary>
/// <param name="Rule">Full id: rule set and rule, <c>points/base</c>.</param>
/// <param name="File">Relative to the programme's folder; empty when read back from a journal.</param>
/// <param name="Line">1-based; 0 when read back from a journal.</param>
[JsonConverter(typeof(RuleRefJsonConverter))]
public sealed record RuleRef(string Rule, string File, int Line)
{
    /// <summary>The same rule, wherever it stands: file and line are not compared.</summary>
    public bool Equals(RuleRef? other) => other is not null && other.Rule == Rule;

    public override int GetHashCode() => Rule.GetHashCode(StringComparison.Ordinal);
}

/// <summary>A rule is its full id in a journal body.</summary>
public sealed class RuleRefJsonConverter : JsonConverter<RuleRef>
{
    public override RuleRef Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(NameTable.Read(ref reader) ?? throw new JsonException("A rule is its full id."), "", 0);

    public override void Write(Utf8JsonWriter writer, RuleRef value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Rule);
}
