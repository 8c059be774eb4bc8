using System.Text.Encodings.Web;
using System.Text.Json;
using MallVip.Client.Texts;
using MallVip.Grains.Desk;
using MallVip.Grains.Intake;
using MallVip.Grains.Members;
using MallVip.Rules.Checking;

namespace MallVip.Client.Events;

/// <summary>
/// Writes an <see cref="EventAnswer"/> as an <see cref="Wire.EventAnswerBody"/>, by hand, since a stream
/// writes tens of thousands a second. Not thread-safe: one per response.
/// </summary>
internal sealed class AnswerWriter(OutcomeWriter outcomes, Language language)
{
    /// <summary>
    /// Text stays readable: answers are JSON by their content type and never part of a page. The shape is
    /// tested, not validated.
    /// </summary>
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public void Write(Utf8JsonWriter json, EventAnswer answer, LineTicket ticket)
    {
        json.WriteStartObject();
        if (ticket.Number > 0)
            json.WriteNumber("line"u8, ticket.Number);
        var refusal = ticket.Refusal ?? answer.Refusal;
        json.WriteString("status"u8, refusal is null ? StatusName(answer.Status) : "rejected"u8);
        if (answer.Source is { } source)
            json.WriteString("source"u8, source);
        if (answer.Id is { } id)
            json.WriteString("id"u8, id);
        if (answer.Member is { } member)
            json.WriteString("member"u8, member.ToGuid());
        if (refusal is not null)
            WriteError(json, refusal);
        else if (answer.Outcome is { } outcome)
            outcomes.Write(json, outcome);
        json.WriteEndObject();
    }

    /// <summary>Writes the answer to a command as a <see cref="Wire.DeskAnswerBody"/>.</summary>
    /// <param name="done">It is not refused.</param>
    public void Write(Utf8JsonWriter json, DeskAnswer done)
    {
        var answer = done.Answer!;
        json.WriteStartObject();
        json.WriteString("status"u8, StatusName(answer.Status));
        json.WriteString("member"u8, done.Member!.Value.ToGuid());
        if (!done.Shared.IsEmpty)
            WriteShared(json, done);
        if (answer.Outcome is { } outcome)
            outcomes.Write(json, outcome);
        json.WriteEndObject();
    }

    private static void WriteShared(Utf8JsonWriter json, DeskAnswer done)
    {
        json.WriteStartObject("shared"u8);
        foreach (var (identity, place) in done.Shared)
            json.WriteNumber(identity, place);
        json.WriteEndObject();
    }

    private void WriteError(Utf8JsonWriter json, Refusal refusal)
    {
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, refusal.Code);
        json.WriteNumber("status"u8, refusal.Status);
        json.WriteString("detail"u8, SentenceTexts.Of(refusal.Detail, language));
        if (refusal.Hint is { } hint)
            json.WriteString("hint"u8, SentenceTexts.Of(hint, language));
        if (refusal.Pointer is { } pointer)
            json.WriteString("pointer"u8, pointer);
        json.WriteEndObject();
    }

    private static ReadOnlySpan<byte> StatusName(EventStatus status) => status switch
    {
        EventStatus.Accepted => "accepted"u8,
        EventStatus.Duplicate => "duplicate"u8,
        EventStatus.Unclaimed => "unclaimed"u8,
        EventStatus.Rejected => "rejected"u8,
        EventStatus.Queued => "queued"u8,
        _ => throw new InvalidOperationException($"No name for {status}."),
    };

    private static ReadOnlySpan<byte> StatusName(AnswerStatus status) => status switch
    {
        AnswerStatus.Accepted => "accepted"u8,
        AnswerStatus.Duplicate => "duplicate"u8,
        AnswerStatus.Unchanged => "unchanged"u8,
        _ => throw new InvalidOperationException($"{status} is answered by a problem."),
    };
}
