using MallVip.Client.Keys;
using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Grains.Journal;
using MallVip.Grains.Reports;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Reports;

/// <summary>
/// <c>GET /v1/reports/{name}</c>: the same as <c>mallvip report</c>, without the day-close, which needs a
/// file. One at a time: each reads the whole journal.
/// </summary>
internal sealed class ReportEndpoint(IJournal journal) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public async Task ReadAsync(HttpContext context, string name)
    {
        if (Caller.Of(context).Test)
            throw ApiErrors.NotATestMember.Thrown($"Reports are of members that no test key registered.");
        var (order, csv) = (ReportQuery.Order(context.Request, name), ReportQuery.IsCsv(context.Request));
        var table = await RunAsync(order, context.RequestAborted);
        using var text = new MemoryStream();
        if (csv)
            ReportWriter.WriteCsv(text, table);
        else
            ReportWriter.WriteJson(text, order, table);
        context.Response.ContentType = csv ? "text/csv; charset=utf-8" : JsonAnswer.ContentType;
        context.Response.ContentLength = text.Length;
        await context.Response.BodyWriter.WriteAsync(
            text.GetBuffer().AsMemory(0, (int)text.Length), context.RequestAborted);
    }

    public void Dispose() => _turn.Dispose();

    private async Task<ReportTable> RunAsync(ReportOrder order, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            return await ReportReader.RunAsync(journal, order, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }
}
