using System.Text.Json;
using System.Text.Json.Serialization;

namespace MallVip.Client.Wire;

/// <summary>An event as CloudEvents 1.0 writes it in JSON.</summary>
public sealed record CloudEventBody
{
    /// <summary>Always <c>1.0</c>.</summary>
    [JsonPropertyName("specversion")]
    public string SpecVersion { get; init; } = "1.0";

    /// <summary>Who sends it: with <see cref="Id"/> its key, for ever.</summary>
    public required string Source { get; init; }

    /// <summary>Unique within its source.</summary>
    public required string Id { get; init; }

    /// <summary><c>mall.purchase</c>, <c>mall.refund</c>, <c>visit.door</c> ….</summary>
    public required string Type { get; init; }

    /// <summary>Whose it is: <c>phone:+8613800138000</c>, <c>card:123</c>, <c>member:UUID</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>When it happened, with offset.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>What happened, by type. Money is a decimal string.</summary>
    public JsonElement? Data { get; init; }
}
