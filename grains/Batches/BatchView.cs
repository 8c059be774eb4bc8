using System.Collections.Immutable;

namespace MallVip.Grains.Batches;

/// <summary>A list as operators see it.</summary>
[GenerateSerializer, Immutable]
public sealed record BatchView
{
    [Id(0)]
    public required BatchStatus Status { get; init; }

    [Id(1)]
    public string By { get; init; } = "";

    [Id(2)]
    public string Reason { get; init; } = "";

    [Id(3)]
    public DateTimeOffset At { get; init; }

    [Id(4)]
    public DateTimeOffset Until { get; init; }

    [Id(5)]
    public bool FourEyes { get; init; }

    /// <summary>Rows that can be carried out.</summary>
    [Id(6)]
    public int Good { get; init; }

    [Id(7)]
    public BatchFaults Wrong { get; init; } = BatchFaults.None;

    [Id(8)]
    public ImmutableArray<BatchSum> Sums { get; init; } = [];

    [Id(9)]
    public int Done { get; init; }

    [Id(10)]
    public BatchFaults Refused { get; init; } = BatchFaults.None;

    [Id(11)]
    public int Undone { get; init; }

    [Id(12)]
    public BatchFaults Kept { get; init; } = BatchFaults.None;

    [Id(13)]
    public string? ApprovedBy { get; init; }

    [Id(14)]
    public string? UndoneBy { get; init; }

    /// <summary>Why it was declined or taken back.</summary>
    [Id(15)]
    public string? Because { get; init; }

    /// <summary>Rows a second since it is carried out, or taken back, in this silo; null: it is neither, or
    /// has no page behind it yet.</summary>
    [Id(16)]
    public double? Rate { get; init; }

    /// <summary>What taking it back would do; null: that was not asked.</summary>
    [Id(17)]
    public BatchUndo? Undo { get; init; }

    /// <summary>How many rows are still to be carried out, or taken back.</summary>
    public int Left => Status switch
    {
        BatchStatus.Running => Good - Done,
        BatchStatus.Undoing => Done - Undone,
        _ => 0,
    };

    /// <summary>A list with all that is to be said of its rows.</summary>
    internal static BatchView Of(BatchState state, double? rate) => Brief(state, rate) with
    {
        Wrong = BatchFaults.Of(state.Wrong),
        Refused = BatchFaults.Of(state.Refused),
        Kept = BatchFaults.Of(state.Kept),
    };

    /// <summary>A list with counts only.</summary>
    internal static BatchView Brief(BatchState state, double? rate) => new()
    {
        Status = state.Status,
        By = state.Opened?.By ?? "",
        Reason = state.Opened?.Reason ?? "",
        At = state.Opened?.At ?? default,
        Until = state.Opened?.Until ?? default,
        FourEyes = state.Opened?.FourEyes ?? false,
        Good = state.Rows.Length,
        Wrong = new(state.Wrong.Length, []),
        Sums = state.Sums,
        Done = state.Done,
        Refused = new(state.Refused.Length, []),
        Undone = state.Undone,
        Kept = new(state.Kept.Length, []),
        ApprovedBy = state.ApprovedBy,
        UndoneBy = state.UndoneBy,
        Because = state.Reason,
        Rate = state.IsUnderWay ? rate : null,
    };
}

/// <summary>Rows with what is to be said of them.</summary>
/// <param name="Count">In all.</param>
/// <param name="Lines">All of them, or none where only the count is wanted.</param>
[GenerateSerializer, Immutable]
public sealed record BatchFaults(
    [property: Id(0)] int Count, [property: Id(1)] ImmutableArray<BatchFault> Lines)
{
    public static BatchFaults None { get; } = new(0, []);

    public static BatchFaults Of(ImmutableArray<BatchFault> lines) => new(lines.Length, lines);
}

/// <summary>What taking a list back would do now.</summary>
/// <param name="Rows">Done rows that changed something: they would be taken back.</param>
/// <param name="Sums">The points that would move by it.</param>
/// <param name="Kept">Of the rows, those of which not all could be taken back.</param>
[GenerateSerializer, Immutable]
public sealed record BatchUndo(
    [property: Id(0)] int Rows, [property: Id(1)] ImmutableArray<BatchSum> Sums,
    [property: Id(2)] BatchFaults Kept);
