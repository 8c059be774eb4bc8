using System.Collections.Immutable;
using MallVip.Grains.Desk;
using MallVip.Grains.Intake;
using MallVip.Rules.Checking;
using MallVip.Rules.Programmes.Comparing;

namespace MallVip.Grains.Programmes;

/// <summary>What an operator asks to be put in force.</summary>
public sealed record PublishOrder
{
    /// <summary>A draft's id; for a rollback an earlier version, or at least 8 digits of one.</summary>
    public required string Version { get; init; }

    /// <summary>The newest version that the author knew of; null: whatever it is.</summary>
    public string? Expected { get; init; }

    public string Note { get; init; } = "";

    /// <summary>Null: at once.</summary>
    public DateTimeOffset? EffectiveAt { get; init; }

    /// <summary>Declarations that may vanish though members hold them: <c>wallet:ID</c>.</summary>
    public ImmutableArray<string> Allow { get; init; } = [];

    /// <summary>Who asks, and under which idempotency key.</summary>
    public required DeskCall Call { get; init; }
}

/// <summary>What became of it.</summary>
public sealed record PublishOutcome
{
    /// <summary>Null: it was done.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>What was recorded; null when refused or only tried.</summary>
    public Publication? Publication { get; init; }

    /// <summary>Meaningful when not refused.</summary>
    public PublishStatus Status { get; init; }

    /// <summary>Findings of the check, and what the version no longer declares.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>What it changes; at a conflict, what others have changed meanwhile.</summary>
    public ImmutableArray<ProgrammeChange> Changes { get; init; } = [];

    /// <summary>Publishes that were to take effect later and now do not.</summary>
    public ImmutableArray<Publication> Withdrawn { get; init; } = [];

    /// <summary>With the publish; at a conflict, as it is.</summary>
    public ProgrammeHistory History { get; init; } = ProgrammeHistory.Empty;
}
