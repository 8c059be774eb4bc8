using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MallVip.Client.Keys;
using MallVip.Client.Wire;
using MallVip.Grains.Desk;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Members;

/// <summary>Makes the call that goes with a write: who, under which key, with which content.</summary>
internal static class DeskWrite
{
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

    private static byte[] Content(string operation, string target, byte[] body) =>
        [.. Encoding.UTF8.GetBytes($"{operation}\n{target}\n"), .. body];
}
