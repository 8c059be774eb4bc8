using System.Collections.Immutable;
using System.Globalization;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Coupons;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Batches;

/// <summary>Carries rows out at their members, or takes them back.</summary>
internal sealed class BatchRunner(IGrainFactory grains, string batch)
{
    /// <summary>A row that had nothing to change; it is no fault, and is not taken back.</summary>
    public const string Unchanged = "unchanged";

    /// <summary>Of what a row had given not all was there any more.</summary>
    public const string Gone = "points_gone";

    private const int MembersAtOnce = 1_024;

    /// <summary>The next rows of a list: members beside each other, the rows of one in their order.</summary>
    /// <exception cref="AppendFailedException">The page is done again later: what was done of it counts
    /// once.</exception>
    public async Task<BatchFact.Advanced> DoAsync(BatchState state, int most)
    {
        var rows = Next(state, most);
        var asked = await Task.WhenAll(Touched(state, rows).Select(
            own => AskAsync(state, own.Key, [.. own], dryRun: false)));
        return new(rows.Length, FaultsOf(state, asked.SelectMany(of => of)));
    }

    /// <summary>What taking a list back would do now, all of it; nothing changes.</summary>
    /// <param name="state">As if it was being taken back.</param>
    public async Task<BatchUndo> TryAsync(BatchState state)
    {
        var asked = new List<(BatchRow Row, MemberAnswer Answer)>();
        var rows = state.Status == BatchStatus.Undoing ? Next(state, int.MaxValue) : [];
        foreach (var members in Touched(state, rows).Chunk(MembersAtOnce))
            foreach (var own in await Task.WhenAll(members.Select(
                own => AskAsync(state, own.Key, [.. own], dryRun: true))))
                asked.AddRange(own);
        var sums = BatchSum.Of(asked.Select(of => of.Row with
        {
            Amount = of.Answer.Outcome?.Corrected.Value ?? 0,
        }));
        return new(asked.Count, sums, BatchFaults.Of(FaultsOf(state, asked)));
    }

    /// <summary>A list is taken back from its last row on, so that each finds the member as it left it.
    /// </summary>
    private static BatchRow[] Next(BatchState state, int most)
    {
        if (state.Status != BatchStatus.Undoing)
            return state.Rows.AsSpan(state.Done, Math.Min(most, state.Rows.Length - state.Done)).ToArray();
        var end = state.Done - state.Undone;
        var from = Math.Max(0, end - most);
        var rows = state.Rows.AsSpan(from, end - from).ToArray();
        Array.Reverse(rows);
        return rows;
    }

    /// <summary>Rows by their member; of a list that is taken back those that changed something.</summary>
    private static IEnumerable<IGrouping<MemberId, BatchRow>> Touched(BatchState state, BatchRow[] rows)
    {
        var untouched = state.Status == BatchStatus.Undoing
            ? state.Refused.Select(fault => fault.Line).ToHashSet() : [];
        return rows.Where(row => !untouched.Contains(row.Line)).GroupBy(row => row.Member);
    }

    private static ImmutableArray<BatchFault> FaultsOf(
        BatchState state, IEnumerable<(BatchRow Row, MemberAnswer Answer)> asked) =>
    [
        .. asked.Select(of => state.Status == BatchStatus.Undoing
                ? KeptOf(of.Row, of.Answer) : FaultOf(of.Row, of.Answer))
            .OfType<BatchFault>().OrderBy(fault => fault.Line),
    ];

    private async Task<IEnumerable<(BatchRow Row, MemberAnswer Answer)>> AskAsync(
        BatchState state, MemberId member, BatchRow[] rows, bool dryRun)
    {
        var undoing = state.Status == BatchStatus.Undoing;
        var given = state.Opened!.Reason;
        var requests = rows.Select(row => new MemberRequest
        {
            Command = undoing ? UndoOf(batch, row, given, state.Reason!) : CommandOf(batch, row, given),
            Key = row.KeyIn(batch, undoing),
            Actor = undoing ? state.UndoneBy! : state.Actor,
            DryRun = dryRun,
        }).ToImmutableArray();
        var answers = await Retry.OnFailedAppend(
            () => grains.GetGrain<IMemberGrain>(member.ToString()).HandleAll(requests));
        return rows.Zip(answers);
    }

    private static MemberCommand CommandOf(string batch, BatchRow row, string reason) => row.Action switch
    {
        BatchAction.Adjust => new MemberCommand.Adjust(row.What, new Points(row.Amount), reason, row.Until),
        BatchAction.Tag => new MemberCommand.AddTag(row.What, row.Until, reason) { OnlyNew = true },
        BatchAction.Tier => TierOf(row, reason),
        BatchAction.Coupon => new MemberCommand.GrantCoupon(row.What, CouponCause.List, reason)
        {
            List = PlaceOf(batch, row),
        },
        _ => new MemberCommand.RemoveTag(row.What, reason),
    };

    /// <summary>By which a coupon that a row gave is known.</summary>
    private static string PlaceOf(string batch, BatchRow row) =>
        string.Create(CultureInfo.InvariantCulture, $"{batch}/{row.Line}");

    private static MemberCommand.GrantTier TierOf(BatchRow row, string reason) =>
        new(row.What, row.Until!.Value, reason) { OnlyBetter = true };

    /// <param name="given">The reason of the list, by which a tier that it gave is known.</param>
    private static MemberCommand UndoOf(
        string batch, BatchRow row, string given, string reason) => row.Action switch
        {
            BatchAction.Tier => new MemberCommand.EndTierGrant(reason) { Only = TierOf(row, given) },
            BatchAction.Adjust => new MemberCommand.Adjust(row.What, new Points(-row.Amount), reason, null)
            {
                UpTo = true,
            },
            BatchAction.Tag => new MemberCommand.RemoveTag(row.What, reason),
            BatchAction.Coupon => new MemberCommand.VoidCoupon(0, reason) { List = PlaceOf(batch, row) },
            _ => new MemberCommand.AddTag(row.What, row.Until, reason) { OnlyNew = true },
        };

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
