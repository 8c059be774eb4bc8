using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MallVip.Client.Events;
using MallVip.Client.Keys;
using MallVip.Client.Problems;
using MallVip.Client.Texts;
using MallVip.Client.Wire;
using MallVip.Grains.Desk;
using MallVip.Rules.Commands;
using MallVip.Rules.Quantities;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Members;

/// <summary>What all writes at the desk share: the body, the call that goes with it, the answer.</summary>
internal sealed class DeskWrite(MemberDesk desk, AnswerWriters writers, ApiOptions options)
{
    /// <summary>Who calls, under which key, with which content.</summary>
    /// <param name="operation">What is asked; the same key for another operation is other content.</param>
    /// <param name="target">Of whom; empty: of nobody yet.</param>
    /// <param name="body">The request as read: white space and the order of names do not make it
    /// another.</param>
    public static DeskCall Call<T>(
        HttpContext context, string operation, string target, T body, JsonTypeInfo<T> type) => new(
        Caller.Of(context).Actor,
        IdempotencyKey.Of(context.Request),
        Content(operation, target, JsonSerializer.SerializeToUtf8Bytes(body, type)),
        QueryReader.Flag(context.Request, "dryRun"));

    public Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type, bool optional = false)
    {
        IdempotencyKey.Of(context.Request);
        return BodyReader.ReadAsync(context, type, options.MaxEventBytes, optional);
    }

    public async Task CommandAsync(
        HttpContext context, MemberId member, MemberCommand command, DeskCall call) =>
        await AnswerAsync(context, await desk.CommandAsync(member, command, call, context.RequestAborted));

    public Task AnswerAsync(HttpContext context, DeskAnswer answer, int status = StatusCodes.Status200OK)
    {
        if (answer.Refusal is { } refusal)
        {
            context.Response.Headers.Remove("Location");
            return context.WriteProblemAsync(refusal);
        }

        var writer = writers.Create(Languages.Of(context.Request));
        return context.WriteJsonAsync(
            status, json => writer.Write(json, answer));
    }

    /// <summary>The wallet that is named, or else the default one.</summary>
    public string Wallet(string? name) => name ?? writers.Programme().DefaultWallet?.Id ?? "";

    private static byte[] Content(string operation, string target, byte[] body) =>
        [.. Encoding.UTF8.GetBytes($"{operation}\n{target}\n"), .. body];
}
