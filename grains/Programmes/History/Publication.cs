using System.Text.Json.Serialization;

namespace MallVip.Grains.Programmes;

/// <summary>One publish: from when on which version decides, who said so, and why.</summary>
[GenerateSerializer, Immutable]
public sealed record Publication
{
    /// <summary>1 for the journal's first, then without a gap.</summary>
    [Id(0)]
    public required long Number { get; init; }

    /// <summary>The content hash of the files: 64 hex digits.</summary>
    [Id(1)]
    public required string Version { get; init; }

    /// <summary>The version published before it; null: it is the first.</summary>
    [Id(2)]
    public required string? Parent { get; init; }

    /// <summary>The API key's name, or <see cref="FolderAuthor"/>. Never a person's data.</summary>
    [Id(3)]
    public required string Author { get; init; }

    /// <summary>What the author said about it; may be empty.</summary>
    [Id(4)]
    public string Note { get; init; } = "";

    /// <summary>When it was recorded.</summary>
    [Id(5)]
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>From when on it decides; never before <see cref="PublishedAt"/>.</summary>
    [Id(6)]
    public required DateTimeOffset EffectiveAt { get; init; }

    [Id(7)]
    public required PublishedHow How { get; init; }

    /// <summary>From when on its rules wait for each event of time.</summary>
    [Id(8)]
    public TimedDates Timed { get; init; } = TimedDates.None;

    /// <summary>The author of what was found in the silo's own folder.</summary>
    public const string FolderAuthor = "file";
}

/// <summary>By which way a version was published. Persisted under these names.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PublishedHow>))]
public enum PublishedHow
{
    /// <summary>What was in force when the history began.</summary>
    [JsonStringEnumMemberName("first")]
    First,
    /// <summary>The files in the silo's folder were changed.</summary>
    [JsonStringEnumMemberName("edited")]
    Edited,
    /// <summary>A draft was published through the API.</summary>
    [JsonStringEnumMemberName("published")]
    Published,
    /// <summary>An earlier version was brought back.</summary>
    [JsonStringEnumMemberName("rolled-back")]
    RolledBack,
}
