using System.Text.Json;
using System.Text.Json.Serialization;
using MallVip.Rules.Commands;
using MallVip.Rules.Journaling;

namespace MallVip.Grains.Stock;

/// <summary>A command as members' entries have it.</summary>
[JsonConverter(typeof(CommandJsonConverter))]
public readonly record struct StoredCommand(MemberCommand Command);

/// <summary>See <see cref="StoredCommand"/>.</summary>
internal sealed class CommandJsonConverter : JsonConverter<StoredCommand>
{
    public override StoredCommand Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, JournalJson.Options.GetTypeInfo(typeof(MemberCommand)))
            is MemberCommand command ? new(command) : throw new JsonException("A command is missing.");

    public override void Write(Utf8JsonWriter writer, StoredCommand value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(
            writer, value.Command, JournalJson.Options.GetTypeInfo(typeof(MemberCommand)));
}
