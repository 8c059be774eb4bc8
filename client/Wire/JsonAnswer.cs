using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MallVip.Client.Events;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Wire;

/// <summary>Answers a request with JSON.</summary>
internal static class JsonAnswer
{
    public const string ContentType = "application/json; charset=utf-8";

    /// <summary>A wire record.</summary>
    public static async Task WriteJsonAsync<T>(
        this HttpContext context, int status, T body, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = ContentType;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        context.Response.ContentLength = bytes.Length;
        await context.Response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>What <paramref name="write"/> writes.</summary>
    public static async Task WriteJsonAsync(
        this HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = ContentType;
        var output = context.Response.BodyWriter;
        using (var json = new Utf8JsonWriter(output, AnswerWriter.Options))
            write(json);
        await output.FlushAsync(context.RequestAborted);
    }
}
