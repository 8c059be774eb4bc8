using System.Text.Json;
using System.Text.Json.Serialization;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;

namespace MallVip.Grains.Inbox;

/// <summary>How the inbox remembers a refusal.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Refusal))]
internal sealed partial class RefusalJson : JsonSerializerContext
{
    public static byte[] Write(Refusal refusal) =>
        JsonSerializer.SerializeToUtf8Bytes(refusal, Default.Refusal);

    /// <exception cref="JournalDamagedException">It is no refusal.</exception>
    public static Refusal Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Default.Refusal)
                ?? throw new JournalDamagedException("A remembered refusal is empty.");
        }
        catch (JsonException wrong)
        {
            throw new JournalDamagedException("A remembered refusal cannot be read.", wrong);
        }
    }
}
