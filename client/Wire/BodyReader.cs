using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MallVip.Client.Events;
using MallVip.Client.Problems;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Wire;

/// <summary>
/// Reads request bodies within their limits; what is wrong with one is a problem, never a 500.
/// </summary>
internal static class BodyReader
{
    /// <summary>The whole body.</summary>
    /// <exception cref="RefusedException">It is longer than <paramref name="limit"/> bytes.</exception>
    public static async Task<byte[]> ReadAsync(HttpContext context, int limit)
    {
        if (context.Request.ContentLength > limit)
            throw TooLarge(limit);
        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(context.RequestAborted);
            if (result.Buffer.Length > limit)
                throw TooLarge(limit);
            if (result.IsCompleted)
            {
                var body = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return body;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    /// <summary>
    /// A JSON body of a known shape. An empty body is <c>{}</c> where <paramref name="optional"/>.
    /// </summary>
    /// <exception cref="RefusedException">Media type, size, JSON or shape are wrong.</exception>
    public static async Task<T> ReadAsync<T>(
        HttpContext context, JsonTypeInfo<T> type, int limit, bool optional = false)
    {
        var body = await ReadAsync(context, limit);
        if (optional && body.Length == 0)
            body = "{}"u8.ToArray();
        else if (!EventMedia.IsJson(context.Request.ContentType))
            throw ApiErrors.UnsupportedMediaType.Thrown("The body must be application/json in UTF-8.");
        try
        {
            return JsonSerializer.Deserialize(body, type)
                ?? throw ApiErrors.InvalidRequest.Thrown("The body must be an object, not null.");
        }
        catch (JsonException wrong)
        {
            throw Wrong(body, wrong);
        }
    }

    /// <summary>
    /// A syntax error and a wrong shape are told apart; the message names places, not values.
    /// </summary>
    private static RefusedException Wrong(byte[] body, JsonException wrong)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            while (reader.Read())
                reader.TrySkip();
        }
        catch (JsonException)
        {
            return ApiErrors.InvalidJson.Thrown(
                $"The body is not JSON; see byte {wrong.BytePositionInLine} of line {wrong.LineNumber + 1}.");
        }

        return ApiErrors.InvalidRequest.Thrown(
            "A field is missing, unknown, repeated or of the wrong type.", Pointer(wrong.Path));
    }

    private static string? Pointer(string? path) =>
        path is null or "$" ? null : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path;

    private static RefusedException TooLarge(int limit) =>
        ApiErrors.BodyTooLarge.Thrown($"The body has more than {limit} bytes.");
}
