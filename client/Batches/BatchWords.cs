using System.Collections.Immutable;
using MallVip.Client.Problems;
using MallVip.Client.Texts;
using MallVip.Client.Wire;
using MallVip.Grains.Batches;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Batches;

/// <summary>A list as the API shows it.</summary>
internal static class BatchWords
{
    private const int PageLength = 100;

    public static BatchViewBody Of(string id, BatchView view, HttpRequest request)
    {
        var waits = view.Status == BatchStatus.Waiting && view.Until != default;
        return new(
            id, StatusOf(view.Status), view.By, view.Reason, view.FourEyes, view.Good + view.Wrong.Count,
            view.Good, Sums(view.Sums),
            Page(view.Wrong, request), view.Done, Page(view.Refused, request), view.Undone,
            Page(view.Kept, request), view.At == default ? null : view.At, waits ? view.Until : null,
            view.ApprovedBy, view.UndoneBy, view.Because)
        {
            Rate = view.Rate is { } rate ? Math.Round(rate, 1) : null,
            SecondsLeft = view.Rate is > 0 and var pace ? (long)Math.Ceiling(view.Left / pace) : null,
            Undo = view.Undo is { } undo
                ? new(undo.Rows, Sums(undo.Sums), Page(undo.Kept, request))
                : null,
        };
    }

    private static ImmutableArray<BatchSumBody> Sums(ImmutableArray<BatchSum> sums) =>
        [.. sums.Select(sum => new BatchSumBody(sum.Wallet, sum.In, sum.Out))];

    private static BatchFaultsBody Page(BatchFaults faults, HttpRequest request)
    {
        var after = QueryReader.Number(request, "after", 0, 0, int.MaxValue);
        var language = Languages.Of(request);
        var page = faults.Lines.Where(fault => fault.Line > after).OrderBy(fault => fault.Line)
            .Take(PageLength + 1).ToArray();
        return new(
            faults.Count,
            [
                .. page.Take(PageLength).Select(fault => new BatchFaultBody(
                    fault.Line, fault.Code, ErrorCatalog.Title(language, fault.Code),
                    SentenceTexts.Of(new(fault.Detail, []), language))),
            ],
            page.Length > PageLength ? page[PageLength - 1].Line : null);
    }

    private static string StatusOf(BatchStatus status) => status switch
    {
        BatchStatus.Waiting => "waiting",
        BatchStatus.Declined => "declined",
        BatchStatus.Running => "running",
        BatchStatus.Done => "done",
        BatchStatus.Cancelled => "cancelled",
        BatchStatus.Undoing => "undoing",
        BatchStatus.Undone => "undone",
        _ => throw new InvalidOperationException($"No word for {status}."),
    };
}
