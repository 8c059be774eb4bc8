using System.Collections.Immutable;
using MallVip.Grains.Journal;

namespace MallVip.Grains.Programmes;

/// <summary>
/// The programme's history: one grain per journal, so that of two publishes one comes first.
/// </summary>
public interface IProgrammeGrain : IGrainWithStringKey
{
    /// <summary>What is durable.</summary>
    Task<ProgrammeHistory> Read();

    /// <summary>
    /// Records a publish of a version whose files are archived already. Answers when it is durable.
    /// </summary>
    Task<PublishAnswer> Publish(PublishRequest request);
}

/// <summary>A publish to be recorded.</summary>
[GenerateSerializer, Immutable]
public sealed record PublishRequest
{
    /// <summary>The key of the one grain.</summary>
    public const string Grain = "programme";

    [Id(0)]
    public required string Version { get; init; }

    /// <summary>The version that the author saw as the newest; null: whatever it is.</summary>
    [Id(1)]
    public string? Expected { get; init; }

    [Id(2)]
    public required string Author { get; init; }

    [Id(3)]
    public string Note { get; init; } = "";

    [Id(4)]
    public required PublishedHow How { get; init; }

    /// <summary>Null or past: at once.</summary>
    [Id(5)]
    public DateTimeOffset? EffectiveAt { get; init; }

    /// <summary>The idempotency key; none for what the silo does by itself.</summary>
    [Id(6)]
    public EventKey Key { get; init; }

    /// <summary>Keyed hash of the request; the same key with another hash is refused.</summary>
    [Id(7)]
    public UInt128 Content { get; init; }

    /// <summary>The types of the events of time that its rules wait for.</summary>
    [Id(8)]
    public ImmutableArray<string> Timed { get; init; } = [];
}

/// <summary>What became of a publish.</summary>
public enum PublishStatus
{
    Published,
    /// <summary>The version is in force already and nothing else waits.</summary>
    Unchanged,
    /// <summary>The key was answered before.</summary>
    Duplicate,
    /// <summary>The key was used before with other content.</summary>
    KeyReused,
    /// <summary>Somebody else has published since.</summary>
    Conflict,
}

/// <param name="Publication">What was recorded, now or before; at a conflict what is newest.</param>
/// <param name="History">With it.</param>
[GenerateSerializer, Immutable]
public sealed record PublishAnswer(
    [property: Id(0)] PublishStatus Status,
    [property: Id(1)] Publication? Publication,
    [property: Id(2)] ProgrammeHistory History);
