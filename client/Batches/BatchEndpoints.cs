using System.Collections.Immutable;
using System.Text;
using MallVip.Client.Keys;
using MallVip.Client.Members;
using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Grains.Batches;
using MallVip.Grains.Desk;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Rules.Commands;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Batches;

/// <summary>
/// <c>/v1/batches</c>: lists of actions on members. Handing one in does nothing but check it; who approves
/// it, carries it out.
/// </summary>
internal sealed class BatchEndpoints(
    BatchDesk desk, MemberTarget target, Func<Programme> programme, ApiOptions options)
{
    private const int AtOnce = 256;
    private const int LongestReason = 500;

    public async Task PostAsync(HttpContext context)
    {
        RefuseTests(context);
        var key = IdempotencyKey.Of(context.Request);
        var reason = QueryReader.Text(context.Request, "reason", LongestReason);
        if (context.Request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) != true)
            throw ApiErrors.UnsupportedMediaType.Thrown("The body must be text/csv in UTF-8.");
        var body = await BodyReader.ReadAsync(context, options.MaxBatchBytes);
        var (rows, wrong) = await FindAsync(context, BatchCsv.Read(body, programme()));
        var call = new DeskCall(
            Caller.Of(context).Actor, key, (byte[])[.. Encoding.UTF8.GetBytes($"batch\n{reason}\n"), .. body],
            QueryReader.Flag(context.Request, "dryRun"));
        await OpenAsync(context, call, reason, rows, wrong);
    }

    /// <summary>Whether an operator alone may not correct a balance by so much.</summary>
    public bool NeedsApproval(HttpContext context, long amount) =>
        !Caller.Of(context).Test && Math.Abs((decimal)amount) > programme().ApproveAbove;

    /// <summary>Hands in a list of one correction.</summary>
    public Task OpenAsync(
        HttpContext context, DeskCall call, MemberId member, MemberCommand.Adjust command)
    {
        var row = new BatchRow(
            1, member, BatchAction.Adjust, command.Wallet, command.Amount.Value, command.ExpiresAt)
        {
            Key = EventKey.ForCommand(call.Actor, call.Key),
        };
        return OpenAsync(context, call, command.Reason, [row], []);
    }

    public async Task ListAsync(HttpContext context)
    {
        var lists = await desk.ListAsync(StatusOf(context.Request));
        await context.WriteJsonAsync(
            StatusCodes.Status200OK,
            new([.. lists.Select(list => BatchWords.Of(list.Id, list.View, context.Request))]),
            ApiJson.Readable.BatchesBody);
    }

    public async Task ReadAsync(HttpContext context, string id) => await WriteAsync(
        context, id, await desk.ReadAsync(id) ?? throw ApiErrors.BatchNotFound.Thrown("No list has this id."),
        StatusCodes.Status200OK);

    public async Task DecideAsync(HttpContext context, string id, BatchVerb verb)
    {
        RefuseTests(context);
        var body = await BodyReader.ReadAsync(
            context, ApiJson.Default.BatchDecisionBody, options.MaxEventBytes, optional: true);
        if (verb is BatchVerb.Decline or BatchVerb.Undo && string.IsNullOrWhiteSpace(body.Reason))
            throw ApiErrors.InvalidRequest.Thrown(
                "To decline a list or to take it back needs a reason.", "reason");
        var answer = await desk.DecideAsync(id, new(
            verb, Caller.Of(context).Actor, body.Reason ?? "", body.SkipWrong,
            QueryReader.Flag(context.Request, "dryRun")));
        if (answer.View is not { } view)
            throw ApiErrors.BatchNotFound.Thrown("No list has this id.");
        if (RefusalOf(answer.Refusal) is { } refusal)
            throw new RefusedException(refusal);
        await WriteAsync(context, id, view, StatusCodes.Status200OK);
    }

    private static Refusal? RefusalOf(BatchRefusal refusal) => refusal switch
    {
        BatchRefusal.SameOperator => Refusals.SecondOperator,
        BatchRefusal.WrongRows => Refusals.RowsWrong,
        BatchRefusal.NotNow => Refusals.BatchSettled,
        _ => null,
    };

    /// <summary>Looks members up, many at once; rows that name nobody are wrong.</summary>
    private async Task<(ImmutableArray<BatchRow> Rows, ImmutableArray<BatchFault> Wrong)> FindAsync(
        HttpContext context, List<BatchLine> lines)
    {
        var rows = ImmutableArray.CreateBuilder<BatchRow>(lines.Count);
        var wrong = ImmutableArray.CreateBuilder<BatchFault>();
        foreach (var part in lines.Chunk(AtOnce))
            foreach (var line in await Task.WhenAll(part.Select(line => FindAsync(context, line))))
                if (line.Fault is { } fault)
                    wrong.Add(fault);
                else
                    rows.Add(line.Row!);
        return (rows.ToImmutable(), wrong.ToImmutable());
    }

    private async Task<BatchLine> FindAsync(HttpContext context, BatchLine line)
    {
        if (line.Row is not { } row)
            return line;
        try
        {
            return line with { Row = row with { Member = await target.FindAsync(context, line.Member) } };
        }
        catch (RefusedException refused)
        {
            var refusal = refused.Refusal;
            return line with { Fault = new(row.Line, refusal.Code, refusal.Detail.ToString()) };
        }
    }

    private async Task OpenAsync(
        HttpContext context, DeskCall call, string reason, ImmutableArray<BatchRow> rows,
        ImmutableArray<BatchFault> wrong)
    {
        if (rows.IsEmpty && wrong.IsEmpty)
            throw ApiErrors.InvalidRequest.Thrown("The list has no rows.");
        var above = programme().ApproveAbove;
        var sums = BatchSum.Of(rows);
        if (sums.Any(sum => Math.Max(sum.In, sum.Out) > Points.Limit))
            throw ApiErrors.InvalidRequest.Thrown($"A list moves at most {Points.Limit} points of a wallet.");
        var fourEyes = sums.Any(sum => Math.Max(sum.In, sum.Out) > above);
        var (id, view) = await desk.OpenAsync(call, reason, rows, wrong, fourEyes);
        if (view is null)
            throw new RefusedException(Refusals.KeyReused);
        if (!call.DryRun)
            context.Response.Headers.Location = $"/v1/batches/{id}";
        await WriteAsync(
            context, id, view, call.DryRun ? StatusCodes.Status200OK : StatusCodes.Status202Accepted);
    }

    private static Task WriteAsync(HttpContext context, string id, BatchView view, int status) =>
        context.WriteJsonAsync(
            status, BatchWords.Of(id, view, context.Request), ApiJson.Readable.BatchViewBody);

    private static BatchStatus? StatusOf(HttpRequest request) => request.Query["status"].ToString() switch
    {
        "" => null,
        var text when Enum.TryParse<BatchStatus>(text, ignoreCase: true, out var status) => status,
        _ => throw ApiErrors.InvalidRequest.Thrown("No list stands so.", "status"),
    };

    private static void RefuseTests(HttpContext context)
    {
        if (Caller.Of(context).Test)
            throw ApiErrors.NotATestMember.Thrown("Lists are of members that no test key registered.");
    }
}
