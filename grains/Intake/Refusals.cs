using MallVip.Rules.Checking;
using MallVip.Rules.Deciding;
using MallVip.Rules.Programmes.Parsing;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Intake;

/// <summary>
/// Refusals that no member decides. Those that a member decides come from the rejection list.
/// </summary>
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

    /// <summary>
    /// The journal or the grains cannot take it at present; nothing is lost by trying again.
    /// </summary>
    public static Refusal NotNow { get; } = new(
        "try_again", 503, null, "It could not be recorded at present; whether it was is not known.",
        "Send the same event with the same id again after a second.");

    /// <summary>More events wait in the inbox than it may hold.</summary>
    public static Refusal InboxFull { get; } = new(
        "inbox_full", 503, null, "Too many events wait in the inbox.",
        "Send the same event again after Retry-After, or without 'Prefer: respond-async'.");

    /// <summary>Something is broken here; the log says what.</summary>
    public static Refusal Broken { get; } = new(
        "internal_error", 500, null, "Something failed here; the operator's log says what.",
        "Send the same event with the same id again when it is mended.");

    public static Refusal ReceiptKnown { get; } = Of(RejectionKind.ReceiptKnown, "data.receipt");

    /// <summary>A member has tried too often within an hour to claim what cannot be claimed.</summary>
    /// <param name="most">How often it may.</param>
    /// <param name="until">When it may try again.</param>
    public static Refusal TriedTooOften(int most, DateTimeOffset until) => Of(new Rejection(
        RejectionKind.ClaimLimited, null,
        $"{most} tries within an hour named no event that can be claimed; try again from {until:O} on."));

    public static Refusal UnknownCoupon { get; } = Of(RejectionKind.UnknownCoupon, null);

    public static Refusal UnknownOrder { get; } = Of(RejectionKind.UnknownOrder, null);

    public static Refusal RewardUnavailable(string reward, string mall) => Of(new Rejection(
        RejectionKind.RewardUnavailable, "mall", $"{reward} is not to be had at {mall}."));

    public static Refusal UnknownMember { get; } = Of(RejectionKind.UnknownMember, null);

    public static Refusal NothingToClaim { get; } = new(
        "nothing_to_claim", 404, null, "No unclaimed event has this source and id.",
        "It may have been claimed already; look at the member's ledger.");

    public static Refusal SecondOperator { get; } = new(
        "second_operator", 409, null, "Who handed it in may not approve it.",
        "Let another operator look at it and approve it with a key of their own.");

    public static Refusal RowsWrong { get; } = new(
        "rows_wrong", 409, "skipWrong", "Rows of the list are wrong.",
        "See 'wrong'; hand a corrected list in, or approve this one with skipWrong: true.");

    public static Refusal BatchSettled { get; } = new(
        "batch_settled", 409, null, "The list stands where this cannot be decided.",
        "See 'status': a waiting list is approved or declined, a running one cancelled, a done one undone.");

    public static Refusal DeskReceiptsOff { get; } = new(
        "desk_receipts_off", 409, null, "The programme takes no receipts at the desk.",
        "Say in programme.yaml under desk-receipts how many one operator may hand in.");

    public static Refusal SlipInFuture { get; } = new(
        "time_in_future", 422, "time", "The slip is of a time to come.",
        "Write the time that the slip bears.");

    public static Refusal SlipWaits { get; } = new(
        "receipt_waits", 409, "receipt", "A slip of this receipt waits already.",
        "Look for it at GET /v1/receipts; approve or decline that one.");

    public static Refusal SlipSettled { get; } = new(
        "receipt_settled", 409, null, "The slip stands where this cannot be decided.",
        "See 'status': only a waiting slip is approved or declined.");

    public static Refusal UnknownCarPark { get; } = new(
        "unknown_car_park", 404, "lot", "The programme declares no car park of this code with a tariff.",
        "Declare it under parking in programme.yaml, or correct the code.");

    public static Refusal VisitNotFound { get; } = new(
        "visit_not_found", 404, "plate", "The car park knows of no such visit.",
        "Look whether the plate was read wrongly; visits that are paid are forgotten after two days.");

    public static Refusal VisitChanged { get; } = new(
        "visit_changed", 409, null, "The visit has changed meanwhile, or another payment is under way.",
        "Ask for a new quote and pay by it.");

    public static Refusal PaymentKnown { get; } = new(
        "payment_known", 409, "payment.id", "This payment counts for a visit already.",
        "Give every payment an id of its own.");

    public static Refusal PlateInside { get; } = new(
        "plate_inside", 409, "to", "A car of this plate is inside already.",
        "Correct that visit first.");

    public static Refusal QuoteOld { get; } = new(
        "quote_old", 409, "at", "The quote is of more than 5 minutes ago, or of a time to come.",
        "Ask for a new quote and pay by it.");

    /// <param name="due">What is to be paid.</param>
    public static Refusal AmountDiffers(decimal due) => new(
        "amount_differs", 409, "payment.amount", $"{due} is to be paid in money.",
        "Ask for a new quote and pay what it says.");

    public static Refusal DraftNotFound { get; } = new(
        "draft_not_found", 404, "draft", "There is no such draft; drafts are kept in memory for a while.",
        "Post the files again: the same files make the same draft.");

    public static Refusal VersionNotFound { get; } = new(
        "version_not_found", 404, null, "No published version begins so, or more than one does.",
        "Take a version from /v1/programme/history; 8 digits are enough where they are unique.");

    public static Refusal NotPublishable { get; } = new(
        "programme_not_publishable", 422, "draft", "The draft has mistakes, or its cases fail.",
        "See 'diagnostics'; correct the files and post them again.");

    public static Refusal ProgrammeChanged { get; } = new(
        "programme_changed", 412, "expected", "Somebody has published since the version that you expected.",
        "See 'changes' and 'current'; take them over into your files and publish on top of them.");

    public static Refusal VersionExpected { get; } = new(
        "version_expected", 428, "expected", "A publish says which version it is based on.",
        "Send 'expected' or the header If-Match with the newest version; * stands for whatever it is.");

    public static Refusal IdentityTaken(string pointer) =>
        Of(RejectionKind.IdentityTaken, pointer);

    public static Refusal TooManyHolders(string pointer) => new(
        "too_many_holders", 409, pointer, "As many members hold the identity as may.",
        "Take it from one of them first; 8 members may share a plate or a device.");

    public static Refusal HoldersDiffer { get; } = new(
        "holders_differ", 409, "members", "The list is not that of the members who hold the identity.",
        "Get the order anew, and put all of them, each once, into the order that is wanted.");

    /// <param name="code">Why: the code of the receiver's own refusal.</param>
    public static Refusal TransferRefused(string code) => new(
        "transfer_refused", 409, "to", $"The receiver does not take the points: {code}.",
        "The points are back with the sender. Another transfer needs another key.");

    /// <param name="code">Why: the code of the other member's own refusal.</param>
    public static Refusal MergeRefused(string code) => new(
        "merge_refused", 409, "into", $"The other member is not merged with: {code}.",
        "Both go on as before. Another merge needs another key.");

    public static Refusal UnknownMall(string mall) => new(
        "unknown_mall", 422, "mall", $"The programme declares no mall '{mall}'.",
        "Declare it in programme.yaml.");

    public static Refusal UnknownStore(string store) => new(
        "unknown_store", 422, "store", $"The programme declares no store '{store}'.",
        "Declare it in programme.yaml, or correct the slip.");

    public static Refusal SlipTooOld(int days) => new(
        "receipt_too_old", 422, "time", $"The slip is more than {days} days old.",
        "Older purchases come as an import run.");

    public static Refusal DeskLimit(int slips, Money amount) => new(
        "desk_limit", 409, null, $"One operator hands in at most {slips} slips of {amount} in all a day.",
        "Let another operator hand it in, or do it tomorrow; see desk-receipts in programme.yaml.");

    public static Refusal SoldOut { get; } = new(
        "sold_out", 409, null, "All pieces are gone.", "Try again later: some may come back.");

    public static Refusal SoldOutToday { get; } = new(
        "sold_out_today", 409, null, "Today's pieces are gone.", "Try again tomorrow.");

    public static Refusal StockBelowReserved(string stock, long total, long outNow) => new(
        "stock_below_reserved", 409, null,
        $"{stock} would have {total} pieces, and {outNow} are reserved or taken.",
        "Declare at least as many, or take pieces away first.");

    public static Refusal NotClaimable { get; } = new(
        "not_claimable", 409, null, "Members cannot claim it now.",
        "The template says when, under claim in programme.yaml.");

    public static Refusal ClaimLapsed { get; } = new(
        "claim_lapsed", 409, null, "The piece is not set aside any more.", "Claim another one.");

    public static Refusal InvalidIdentity(string? pointer, Sentence problem) =>
        new("invalid_identity", 400, pointer, problem, "Write kind:value, such as phone:+8613800138000.");

    public static Refusal InvalidJson(Sentence detail) =>
        new("invalid_json", 400, null, detail,
            "Send one JSON object per event, UTF-8, without repeated names.");

    public static Refusal InvalidEnvelope(string pointer, Sentence detail) =>
        new("invalid_event", 400, pointer, detail,
            "Follow CloudEvents 1.0: specversion, id, source, type, subject, time, data.");

    /// <summary>What the parser of event data found.</summary>
    public static Refusal Of(InputProblem problem) => new(
        problem.Code.ToLowerInvariant(),
        400,
        problem.Path.Length == 0 ? null : problem.Path,
        new Sentence(problem.Message(Language.English), [])
        {
            Chinese = problem.Message(Language.Chinese),
        },
        problem.Hint(Language.English) is { } hint
            ? new Sentence(hint, []) { Chinese = problem.Hint(Language.Chinese) }
            : null);

    private static Refusal Of(RejectionKind kind, string? pointer) =>
        Of(new Rejection(kind, pointer, RejectionCatalog.Of(kind).Title));

    /// <summary>What a decider refused some time ago.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="detail">Its sentence in English.</param>
    public static Refusal OfCode(string code, string detail) =>
        RejectionCatalog.All.FirstOrDefault(row => row.Code == code) is { } row
            ? Of(new Rejection(row.Kind, null, detail))
            : EventIdReused;

    /// <summary>What a decider refused, as channels show it.</summary>
    public static Refusal Of(Rejection rejection)
    {
        var row = RejectionCatalog.Of(rejection.Kind);
        return new(row.Code, row.Status, rejection.Field, rejection.Detail, row.Hint);
    }
}
