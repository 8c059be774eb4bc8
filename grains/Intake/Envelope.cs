using System.Runtime.InteropServices;
using System.Text.Json;
using MallVip.Rules.Programmes.Parsing;

namespace MallVip.Grains.Intake;

/// <summary>The attributes of a CloudEvent that MallVip uses; extension attributes are ignored.</summary>
internal readonly record struct Envelope(
    string Id, string Source, string Type, string Subject, DateTimeOffset Time, JsonElement Data)
{
    /// <summary>
    /// What an event's content is, for telling a repeat from another event with the same id.
    /// </summary>
    public static readonly string[] Hashed = ["data", "subject", "time", "type"];

    /// <summary>The data's own bytes; no data are an empty object.</summary>
    public ReadOnlySpan<byte> RawData =>
        Data.ValueKind == JsonValueKind.Undefined ? "{}"u8 : JsonMarshal.GetRawUtf8Value(Data);

    /// <summary>Null: <paramref name="refusal"/> names the first attribute that is wrong.</summary>
    /// <param name="root">The event.</param>
    /// <param name="arrival">The time of an event that names none; null: it must name one.</param>
    /// <param name="refusal">What is wrong with it.</param>
    public static Envelope? Read(JsonElement root, DateTimeOffset? arrival, out Refusal? refusal)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            refusal = Refusals.InvalidJson("An event is a JSON object.");
            return null;
        }

        refusal = null;
        if (!IsVersion1(root) && Text(root, "specversion", ref refusal) is { } version)
            refusal = Refusals.InvalidEnvelope(
                "specversion", $"This is version '{Shown(version)}'; 1.0 is understood.");
        var id = Text(root, "id", ref refusal);
        var source = Text(root, "source", ref refusal);
        var type = Text(root, "type", ref refusal);
        var subject = Text(root, "subject", ref refusal);
        var time = TimeOf(root, arrival, ref refusal);
        var data = root.TryGetProperty("data", out var given) ? given : default;
        if (data.ValueKind is not (JsonValueKind.Object or JsonValueKind.Undefined))
            refusal ??= Refusals.InvalidEnvelope("data", "The data is a JSON object.");
        return refusal is null ? new(id!, source!, type!, subject!, time, data) : null;
    }

    private static bool IsVersion1(JsonElement root) =>
        root.TryGetProperty("specversion"u8, out var version) && version.ValueKind == JsonValueKind.String
        && version.ValueEquals("1.0"u8);

    private static string? Text(JsonElement root, string name, ref Refusal? refusal)
    {
        if (!root.TryGetProperty(name, out var member) || member.ValueKind != JsonValueKind.String)
        {
            refusal ??= Refusals.InvalidEnvelope(name, $"The attribute '{name}' is missing or not a string.");
            return null;
        }

        var text = member.GetString()!;
        if (text.Length is > 0 and <= EventReader.LongestText && !HasControl(text))
            return text;
        refusal ??= Refusals.InvalidEnvelope(
            name, $"'{name}' has 1 to {EventReader.LongestText} characters, none of them a control one.");
        return null;
    }

    private static bool HasControl(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
                return true;
        }

        return false;
    }

    /// <summary>
    /// An event without a time happened when it arrived; a run has no arrival and wants the time.
    /// </summary>
    private static DateTimeOffset TimeOf(JsonElement root, DateTimeOffset? arrival, ref Refusal? refusal)
    {
        if (arrival is { } now && !root.TryGetProperty("time", out _))
            return now;
        if (Text(root, "time", ref refusal) is not { } text)
            return default;
        // RFC 3339 wants an offset; a bare local time would mean another instant on every machine.
        if (Rfc3339.TryParse(text, out var time) && time.Year is >= 1900 and < 9000)
            return time;
        refusal ??= Refusals.InvalidEnvelope(
            "time", "The time is not RFC 3339 with an offset, such as 2026-11-21T12:00:00+08:00.");
        return default;
    }

    private static string Shown(string text) => text.Length <= 16 ? text : text[..16] + "…";
}
