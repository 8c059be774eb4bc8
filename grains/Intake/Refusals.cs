using System.Collections.Immutable;
using MallVip.Rules.Deciding;

namespace MallVip.Grains.Intake;

/// <summary>Refusals that no member decides. Those that a member decides come from the rejection list.</summary>
public static class Refusals
{
    public static Refusal EventIdReused { get; } = new(
        "event_id_reused", 409, "id", "This source has used this id for another event.",
        "Give every event an id of its own; repeat an event only unchanged.");

    public static Refusal KeyReused { get; } = new(
        "idempotency_key_reused", 422, null, "This Idempotency-Key was used for another request.",
        "Draw a new key for every new request; repeat a request only unchanged.");

    public static Refusal IdentityFull { get; } = new(
        "identity_full", 429, "subject", "Too many events wait for this identity to be claimed.",
        "Register the member first.");

    public static Refusal ReceiptKnown { get; } = Of(RejectionCatalog.Rejection(RejectionKind.ReceiptKnown, "data.receipt"));

    public static Refusal InvalidIdentity(string? pointer, string problem) =>
        new("invalid_identity", 400, pointer, problem, "Write kind:value, such as phone:+8613800138000.");

    public static Refusal InvalidJson(string detail) =>
        new("invalid_json", 400, null, detail, "Send one JSON object per event, UTF-8, without repeated names.");

    public static Refusal InvalidEnvelope(string pointer, string detail) =>
        new("invalid_event", 400, pointer, detail, "Follow CloudEvents 1.0: specversion, id, source, type, subject, time, data.");

    /// <summary>What a decider refused, as channels show it.</summary>
    public static Refusal Of(Rejection rejection)
    {
        var row = RejectionCatalog.Of(rejection.Kind);
        return new(row.Code, row.Status, rejection.Field, rejection.Detail, row.Hint);
    }
}
