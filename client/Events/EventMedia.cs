using Microsoft.Net.Http.Headers;

namespace MallVip.Client.Events;

/// <summary>How events can be packed.</summary>
public enum EventPacking
{
    Unsupported,
    One,
    Batch,
    Lines,
}

/// <summary>The content types of <c>POST /v1/events</c>.</summary>
public static class EventMedia
{
    public const string One = "application/cloudevents+json";
    public const string Batch = "application/cloudevents-batch+json";
    public const string Lines = "application/x-ndjson";
    public const string Json = "application/json";

    /// <summary>
    /// How a content type packs its events. Parameters other than <c>charset=utf-8</c> do not matter.
    /// </summary>
    public static EventPacking Of(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var media) || !IsUtf8(media))
            return EventPacking.Unsupported;
        var name = media.MediaType;
        if (name.Equals(One, StringComparison.OrdinalIgnoreCase) ||
            name.Equals(Json, StringComparison.OrdinalIgnoreCase))
            return EventPacking.One;
        if (name.Equals(Batch, StringComparison.OrdinalIgnoreCase))
            return EventPacking.Batch;
        return name.Equals(Lines, StringComparison.OrdinalIgnoreCase)
            ? EventPacking.Lines
            : EventPacking.Unsupported;
    }

    /// <summary>Whether a body is JSON in UTF-8.</summary>
    public static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var media) && IsUtf8(media) &&
        media.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase);

    private static bool IsUtf8(MediaTypeHeaderValue media) =>
        !media.Charset.HasValue || media.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) ||
        media.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase);
}
