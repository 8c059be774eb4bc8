using MallVip.Client.Keys;
using MallVip.Client.Problems;
using MallVip.Client.Texts;
using MallVip.Client.Wire;
using MallVip.Grains.Intake;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Events;

/// <summary><c>POST /v1/events</c>: one event, a batch or a stream, by content type.</summary>
internal sealed class EventEndpoint(
    EventDoor door, EventStream stream, TestEvents tests, AnswerWriters writers, RunEndpoint runs,
    ApiOptions options)
{
    public async Task PostAsync(HttpContext context)
    {
        var dryRun = QueryReader.Flag(context.Request, "dryRun");
        using var run = runs.Join(context);
        var caller = Caller.Of(context);
        var intake = new IntakeOptions
        {
            Actor = caller.Actor,
            DryRun = dryRun,
            Run = dryRun ? run?.Clock.Copy() : run?.Clock,
            // Whose an event is may change while it waits, so test keys' events do not.
            Later = !caller.Test && Preference.IsRespondAsync(context.Request),
            Window = options.StreamWindow,
        };
        await (EventMedia.Of(context.Request.ContentType) switch
        {
            EventPacking.One => PostOneAsync(context, intake),
            EventPacking.Batch => PostBatchAsync(context, intake),
            EventPacking.Lines => stream.RunAsync(context, intake),
            _ => throw ApiErrors.UnsupportedMediaType.Thrown(
                $"Send {EventMedia.One}, {EventMedia.Json}, {EventMedia.Batch} or {EventMedia.Lines}."),
        });
    }

    private async Task PostOneAsync(HttpContext context, IntakeOptions intake)
    {
        ReadOnlyMemory<byte> body = await BodyReader.ReadAsync(context, options.MaxEventBytes);
        if (tests.For(context, intake) is { } check && await check(body) is { } refusal)
            throw new RefusedException(refusal);
        var answer = await door.One(body, intake, context.RequestAborted);
        if (answer.Refusal is not null)
        {
            await RefuseAsync(context, answer, answer.Refusal);
            return;
        }

        if (answer.Status == EventStatus.Queued)
        {
            Preference.NoteApplied(context.Response);
            context.Response.Headers.Location = OutcomeEndpoint.PathOf(answer.Source!, answer.Id!);
        }

        var status = answer.Status is EventStatus.Unclaimed or EventStatus.Queued
            ? StatusCodes.Status202Accepted
            : StatusCodes.Status200OK;
        var writer = writers.Create(Languages.Of(context.Request));
        await context.WriteJsonAsync(status, json => writer.Write(json, answer, default));
    }

    private async Task PostBatchAsync(HttpContext context, IntakeOptions intake)
    {
        var body = await BodyReader.ReadAsync(context, options.MaxBatchBytes);
        var events = BatchSource.Cut(body);
        var check = tests.For(context, intake);
        context.Response.ContentType = JsonAnswer.ContentType;
        await stream.AnswerAsync(
            context, intake, AnswerFraming.Array,
            window => BatchSource.ReadAsync(events, window, options.MaxEventBytes, check));
    }

    private static Task RefuseAsync(HttpContext context, EventAnswer answer, Refusal refusal)
    {
        var problem = ProblemBody.Of(refusal, Languages.Of(context.Request));
        var wait = refusal.Status is 429 or 503 ? TimeSpan.FromSeconds(1) : (TimeSpan?)null;
        return context.WriteProblemAsync(problem with { Source = answer.Source, Id = answer.Id }, wait);
    }
}
