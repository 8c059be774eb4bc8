using System.Text.Json.Serialization;

namespace MallVip.Silo.Import.Running;

/// <summary>How far an import came: the content of the <c>--state</c> file.</summary>
internal sealed record ImportState
{
    /// <summary>Fingerprint of the input; another one starts anew.</summary>
    public required string Run { get; init; }

    /// <summary>Lines whose outcome is durable, in sending order.</summary>
    public long Confirmed { get; init; }

    /// <summary>The last of them stands in this line of the CSV file.</summary>
    public long LastCsvLine { get; init; }

    public long Accepted { get; init; }
    public long Duplicate { get; init; }
    public long RejectedLines { get; init; }

    /// <summary>Length of the reject file up to here.</summary>
    public long RejectBytes { get; init; }

    public bool Done { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ImportState))]
[JsonSerializable(typeof(ImportSummary))]
internal sealed partial class ImportJson : JsonSerializerContext;
