using System.Text.Json;
using MallVip.Client.Events;
using MallVip.Client.Keys;
using MallVip.Client.Problems;
using MallVip.Client.Programmes;
using MallVip.Client.Texts;
using MallVip.Client.Wire;
using MallVip.Grains.Backtesting;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Rules.Programmes;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Backtests;

/// <summary>
/// <c>POST /v1/rules/backtest</c>: the same as <c>mallvip backtest</c>, within the silo. One at a time.
/// Whoever
/// accepts <c>application/x-ndjson</c> hears every second how far it is; to cancel it, hang up.
/// </summary>
internal sealed class BacktestEndpoint(
    IJournal journal, PublicationDesk desk, ApiOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(1);

    private static readonly ReadOnlyMemory<byte> LineEnd = "\n"u8.ToArray();

    private readonly SemaphoreSlim _turn = new(1);

    public async Task PostAsync(HttpContext context)
    {
        if (Caller.Of(context).Test)
            throw ApiErrors.NotATestMember.Thrown(
                $"Back-tests are of members that no test key registered.");
        var body = await BodyReader.ReadAsync(context, ApiJson.Default.BacktestBody, options.MaxEventBytes);
        if (await FindAsync(context, body.Draft) is not { } draft)
            return;
        var order = BacktestRequest.Read(body, draft);
        await _turn.WaitAsync(context.RequestAborted);
        try
        {
            var accepted = context.Request.Headers.Accept.ToString();
            if (accepted.Contains(EventMedia.Lines, StringComparison.Ordinal))
                await StreamAsync(context, order);
            else
                await AnswerAsync(context, order);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Null: the answer says why there is no such programme.</summary>
    private async Task<Programme?> FindAsync(HttpContext context, string id)
    {
        if (desk.FindDraft(id) is not { } draft)
            return await desk.FindVersionAsync(id)
                ?? throw new RefusedException(Refusals.DraftNotFound);
        if (draft.Result.Programme is null)
            await context.WriteProblemAsync(
                ProblemBody.Of(Refusals.NotPublishable, Languages.Of(context.Request)) with
                {
                    Diagnostics = ProgrammeBodyMaker.Of(draft.Result.Diagnostics),
                });
        return draft.Result.Programme;
    }

    private async Task AnswerAsync(HttpContext context, BacktestOrder order)
    {
        var result = await BacktestRun.RunAsync(
            journal, order, time, static (_, _) => { }, context.RequestAborted);
        await context.WriteJsonAsync(StatusCodes.Status200OK, json =>
        {
            json.WriteStartObject();
            BacktestWriter.Write(json, result, Languages.Of(context.Request));
            json.WriteEndObject();
        });
    }

    private async Task StreamAsync(HttpContext context, BacktestOrder order)
    {
        context.Response.ContentType = EventMedia.Lines;
        var (done, of) = (0L, 0L);
        var running = BacktestRun.RunAsync(journal, order, time, Tell, context.RequestAborted);
        while (await Task.WhenAny(running, Task.Delay(TellEvery, time, context.RequestAborted)) != running)
            await LineAsync(context, json =>
            {
                json.WriteNumber("done", Volatile.Read(ref done));
                json.WriteNumber("of", Volatile.Read(ref of));
            });
        var result = await running;
        await LineAsync(context, json => BacktestWriter.Write(json, result, Languages.Of(context.Request)));

        void Tell(long members, long all)
        {
            Volatile.Write(ref done, members);
            Volatile.Write(ref of, all);
        }
    }

    private static async Task LineAsync(HttpContext context, Action<Utf8JsonWriter> write)
    {
        var output = context.Response.BodyWriter;
        using (var json = new Utf8JsonWriter(output, AnswerWriter.Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        await output.WriteAsync(LineEnd, context.RequestAborted);
    }
}
