using System.Text.Json;
using System.Text.Json.Serialization;

namespace MallVip.Grains.Journal;

/// <summary>Roots exported from a journal and kept elsewhere: whoever later cuts the journal's end, or takes
/// a member out and chains the rest anew, no longer fits them.</summary>
/// <param name="Format">Always <see cref="CurrentFormat"/>.</param>
/// <param name="Entries">How many entries the journal had.</param>
/// <param name="Roots">Each writer's last root.</param>
public sealed record JournalAnchor(string Format, long Entries, IReadOnlyList<AnchorRoot> Roots)
{
    /// <summary>The format of anchor files.</summary>
    public const string CurrentFormat = "mallvip-anchor-1";

    /// <summary>Reads an anchor file's text.</summary>
    /// <exception cref="JournalDamagedException">It is no anchor.</exception>
    public static JournalAnchor Parse(string json)
    {
        try
        {
            var anchor = JsonSerializer.Deserialize(json, AnchorJson.Default.JournalAnchor);
            if (anchor is { Format: CurrentFormat, Roots: not null })
                return anchor;
        }
        catch (JsonException e)
        {
            throw new JournalDamagedException("The anchor file cannot be read.", e);
        }

        throw new JournalDamagedException($"The anchor file is not in the format {CurrentFormat}.");
    }

    /// <summary>An anchor file's text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, AnchorJson.Default.JournalAnchor);
}

/// <summary>One writer's root in an anchor; <paramref name="Root"/> has 64 hexadecimal digits.</summary>
public sealed record AnchorRoot(int Writer, long Batch, string Root);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(JournalAnchor))]
internal sealed partial class AnchorJson : JsonSerializerContext;
