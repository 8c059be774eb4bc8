using System.Collections.Immutable;

namespace MallVip.Grains.Batches;

/// <summary>Where a list stands.</summary>
public enum BatchStatus
{
    /// <summary>There is no such list, or not all of it.</summary>
    None,
    Waiting,
    Declined,
    Running,
    Done,
    Cancelled,
    Undoing,
    Undone,
}

/// <summary>A list of actions and how far it is, folded from its facts.</summary>
public sealed record BatchState
{
    /// <summary>Who declines what nobody has approved in time.</summary>
    public const string Clock = "clock";

    public static BatchState Empty { get; } = new();

    /// <summary>Who handed it in, why, when, and until when it may be approved; null: it is not
    /// whole.</summary>
    public BatchFact.Opened? Opened { get; init; }

    public BatchStatus Status { get; init; }

    /// <summary>Keyed hash of the request by which its rows came.</summary>
    public UInt128 Content { get; init; }

    /// <summary>How many rows are there, the wrong ones included.</summary>
    public int Count => Rows.Length + Wrong.Length;

    /// <summary>Rows that can be carried out, in the order of the list.</summary>
    public ImmutableArray<BatchRow> Rows { get; init; } = [];

    /// <summary>What <see cref="Rows"/> do to wallets, once the list is whole.</summary>
    public ImmutableArray<BatchSum> Sums { get; init; } = [];

    /// <summary>Rows that cannot.</summary>
    public ImmutableArray<BatchFault> Wrong { get; init; } = [];

    /// <summary>How many of <see cref="Rows"/> have been done, refused ones included.</summary>
    public int Done { get; init; }

    /// <summary>Of these, rows that changed nothing.</summary>
    public ImmutableArray<BatchFault> Refused { get; init; } = [];

    /// <summary>How many of the done rows have been taken back, from the last on.</summary>
    public int Undone { get; init; }

    /// <summary>Of these, rows of which not all could be taken back.</summary>
    public ImmutableArray<BatchFault> Kept { get; init; } = [];

    /// <summary>Who approved it; null: nobody.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>Who took it back; null: nobody.</summary>
    public string? UndoneBy { get; init; }

    /// <summary>Why it was declined or is taken back; null: it was not.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether rows are carried out or taken back now.</summary>
    public bool IsUnderWay => Status is BatchStatus.Running or BatchStatus.Undoing;

    /// <summary>Who stands as the actor in the members' entries.</summary>
    public string Actor => Opened is { } opened
        ? ApprovedBy is { } other && other != opened.By ? $"{opened.By}+{other}" : opened.By
        : "";

    /// <summary>The state with one more fact.</summary>
    public BatchState Apply(BatchFact fact) => fact switch
    {
        BatchFact.Listed { From: 0 } first => Empty with
        {
            Content = first.Content,
            Rows = first.Rows.IsDefault ? [] : first.Rows,
            Wrong = first.Wrong.IsDefault ? [] : first.Wrong,
        },
        BatchFact.Listed listed => this with
        {
            Rows = Rows.AddRange(listed.Rows.IsDefault ? [] : listed.Rows),
            Wrong = Wrong.AddRange(listed.Wrong.IsDefault ? [] : listed.Wrong),
        },
        BatchFact.Opened opened => this with
        {
            Opened = opened,
            Status = BatchStatus.Waiting,
            Sums = BatchSum.Of(Rows),
        },
        BatchFact.Approved approved => Settle(this with
        {
            ApprovedBy = approved.By,
            Status = BatchStatus.Running,
        }),
        BatchFact.Declined declined => this with { Status = BatchStatus.Declined, Reason = declined.Reason },
        BatchFact.Cancelled => this with { Status = BatchStatus.Cancelled },
        BatchFact.UndoStarted undo => Settle(this with
        {
            Status = BatchStatus.Undoing,
            UndoneBy = undo.By,
            Reason = undo.Reason,
        }),
        BatchFact.Advanced advanced => Settle(Advance(advanced)),
        _ => throw new InvalidOperationException($"Unknown fact {fact.GetType().Name}."),
    };

    private BatchState Advance(BatchFact.Advanced fact)
    {
        var refused = fact.Refused.IsDefault ? [] : fact.Refused;
        return Status == BatchStatus.Undoing
            ? this with { Undone = Undone + fact.Rows, Kept = Kept.AddRange(refused) }
            : this with { Done = Done + fact.Rows, Refused = Refused.AddRange(refused) };
    }

    /// <summary>What has come to its end.</summary>
    private static BatchState Settle(BatchState state) => state.Status switch
    {
        BatchStatus.Running when state.Done == state.Rows.Length => state with { Status = BatchStatus.Done },
        BatchStatus.Undoing when state.Undone == state.Done => state with { Status = BatchStatus.Undone },
        _ => state,
    };
}
