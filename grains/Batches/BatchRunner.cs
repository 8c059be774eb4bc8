using System.Collections.Immutable;
using System.Globalization;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Batches;

/// <summary>Carries rows out at their members, or takes them back.</summary>
internal sealed class BatchRunner(IGrainFactory grains, string batch)
{
    /// <summary>A row that had nothing to change; it is no fault, and is not taken back.</summary>
    public const string Unchanged = "unchanged";

    /// <summary>Of what a row had given not all was there any more.</summary>
    public const string Gone = "points_gone";

    /// <summary>The next rows of a list: members beside each other, the rows of one in their order.</summary>
    /// <exception cref="AppendFailedException">The page is done again later: what was done of it counts
    /// once.</exception>
    public async Task<BatchFact.Advanced> DoAsync(BatchState state, int most)
    {
        var undoing = state.Status == BatchStatus.Undoing;
        var (from, end) = undoing ? (state.Undone, state.Done) : (state.Done, state.Rows.Length);
        var rows = state.Rows.AsSpan(from, Math.Min(most, end - from)).ToArray();
        var untouched = undoing ? state.Refused.Select(fault => fault.Line).ToHashSet() : [];
        var faults = await Task.WhenAll(rows.Where(row => !untouched.Contains(row.Line))
            .GroupBy(row => row.Member)
            .Select(own => AskAsync(state, own.Key, [.. own])));
        return new(rows.Length, [.. faults.SelectMany(of => of).OrderBy(fault => fault.Line)]);
    }

    private async Task<IEnumerable<BatchFault>> AskAsync(BatchState state, MemberId member, BatchRow[] rows)
    {
        var undoing = state.Status == BatchStatus.Undoing;
        var requests = rows.Select(row => new MemberRequest
        {
            Command = undoing ? UndoOf(row, state.Reason!) : CommandOf(row, state.Opened!.Reason),
            Key = KeyOf(row, undoing),
            Actor = undoing ? state.UndoneBy! : state.Actor,
        }).ToImmutableArray();
        var answers = await Retry.OnFailedAppend(
            () => grains.GetGrain<IMemberGrain>(member.ToString()).HandleAll(requests));
        return rows.Zip(answers, (row, answer) => undoing ? KeptOf(row, answer) : FaultOf(row, answer))
            .OfType<BatchFault>();
    }

    private static MemberCommand CommandOf(BatchRow row, string reason) => row.Action switch
    {
        BatchAction.Adjust => new MemberCommand.Adjust(row.What, new Points(row.Amount), reason, row.Until),
        BatchAction.Tag => new MemberCommand.AddTag(row.What, row.Until, reason) { OnlyNew = true },
        _ => new MemberCommand.RemoveTag(row.What, reason),
    };

    private static MemberCommand UndoOf(BatchRow row, string reason) => row.Action switch
    {
        BatchAction.Adjust => new MemberCommand.Adjust(row.What, new Points(-row.Amount), reason, null)
        {
            UpTo = true,
        },
        BatchAction.Tag => new MemberCommand.RemoveTag(row.What, reason),
        _ => new MemberCommand.AddTag(row.What, row.Until, reason) { OnlyNew = true },
    };

    private EventKey KeyOf(BatchRow row, bool undoing) => row.Key.IsNone || undoing
        ? EventKey.Of(
            undoing ? "batch-undo" : "batch", batch, row.Line.ToString(CultureInfo.InvariantCulture))
        : row.Key;

    /// <summary>What of a row could not be taken back.</summary>
    private static BatchFault? KeptOf(BatchRow row, MemberAnswer answer)
    {
        if (answer.Rejection is not null)
            return FaultOf(row, answer);
        if (row is not { Action: BatchAction.Adjust, Amount: > 0 })
            return null;
        var taken = -(answer.Outcome?.Corrected.Value ?? 0);
        return taken == row.Amount ? null : new(
            row.Line, Gone, string.Create(
                CultureInfo.InvariantCulture,
                $"{taken} of {row.Amount} points were there to be taken back."));
    }

    private static BatchFault? FaultOf(BatchRow row, MemberAnswer answer) => answer switch
    {
        { Rejection: { } rejection } => new(
            row.Line, Refusals.Of(rejection).Code, Refusals.Of(rejection).Detail.ToString()),
        { Status: AnswerStatus.Unchanged } => new(row.Line, Unchanged, "There was nothing to change."),
        _ => null,
    };
}
