using System.Collections.Immutable;

namespace MallVip.Client.Problems;

/// <summary>Every refusal of the API itself, in the order in which a request meets them.</summary>
public static class ApiErrors
{
    public static readonly ApiError ForeignHost = new("foreign_host", 421,
        "Without keys only this machine is served: call http://127.0.0.1 or localhost, or configure a key.");

    public static readonly ApiError Unauthorized = new("unauthorized", 401,
        "Send a configured key as 'Authorization: Bearer KEY' or 'X-Api-Key: KEY'.");

    public static readonly ApiError Forbidden = new("forbidden", 403,
        "Use a key that has the scope, or add the scope to the key's configuration.");

    public static readonly ApiError NotFound = new("not_found", 404,
        "See /v1/openapi.json for the paths that exist.");

    public static readonly ApiError MethodNotAllowed = new("method_not_allowed", 405,
        "See the Allow header for the methods of this path.");

    public static readonly ApiError TooManyRequests = new("too_many_requests", 429,
        "Send fewer requests at once from one till, or wait as Retry-After says.");

    public static readonly ApiError Overloaded = new("overloaded", 503,
        "Repeat the same request after Retry-After; its key makes that safe.");

    public static readonly ApiError Stopping = new("stopping", 503,
        "Repeat the same request after Retry-After; its key makes that safe.");

    public static readonly ApiError StorageUnavailable = new("storage_unavailable", 503,
        "Repeat the same request after Retry-After; its key makes that safe.");

    public static readonly ApiError UnsupportedMediaType = new("unsupported_media_type", 415,
        "Send JSON in UTF-8 under a content type that the path accepts.");

    public static readonly ApiError MissingIdempotencyKey = new("missing_idempotency_key", 400,
        "Send an Idempotency-Key header, new for each intended write and the same for its repeats.");

    public static readonly ApiError InvalidIdempotencyKey = new("invalid_idempotency_key", 400,
        "Use 1 to 255 visible ASCII characters, for example a UUID.");

    public static readonly ApiError BodyTooLarge = new("body_too_large", 413,
        "One event or command may have 1 MiB, a batch 8 MiB; send more events as application/x-ndjson.");

    public static readonly ApiError LineTooLong = new("line_too_long", 413,
        "A line of a stream may have 64 KiB; send a larger event on its own.");

    public static readonly ApiError IncompleteBody = new("incomplete_body", 400,
        "Send the whole body; what a stream had accepted before stays accepted.");

    public static readonly ApiError InvalidJson = new("invalid_json", 400,
        "Send one well-formed JSON document: UTF-8, no duplicate names, at most 64 levels deep.");

    public static readonly ApiError InvalidRequest = new("invalid_request", 400,
        "Correct the field that 'pointer' names.");

    public static readonly ApiError InvalidCursor = new("invalid_cursor", 400,
        "Pass 'next' of the previous page unchanged, or none for the first page.");

    public static readonly ApiError MemberNotFound = new("member_not_found", 404,
        "Register the member, or look for another identity.");

    public static readonly ApiError EventNotFound = new("event_not_found", 404,
        "Send the event; refusals are remembered for 7 days, and only of events sent to be answered later.");

    public static readonly ApiError BatchNotFound = new("batch_not_found", 404,
        "Take the id of an answer, or of GET /v1/batches.");

    public static readonly ApiError SlipNotFound = new("slip_not_found", 404,
        "Take the id of an answer, or of GET /v1/receipts.");

    public static readonly ApiError EntryNotFound = new("entry_not_found", 404,
        "Take 'seq' of a line of the member's ledger.");

    public static readonly ApiError LineNotFound = new("line_not_found", 404,
        "Take 'line' of a line of the member's ledger, or leave it out.");

    public static readonly ApiError NotATestMember = new("not_a_test_member", 403,
        "A test key sees and changes only members that a test key registered.");

    public static readonly ApiError Internal = new("internal_error", 500,
        "Report the trace id; repeating the same request is safe.");

    /// <summary>All of them, in order.</summary>
    public static ImmutableArray<ApiError> All { get; } =
    [
        ForeignHost, Unauthorized, Forbidden, NotFound, MethodNotAllowed, TooManyRequests, Overloaded,
        Stopping,
        StorageUnavailable, UnsupportedMediaType, MissingIdempotencyKey, InvalidIdempotencyKey, BodyTooLarge,
        LineTooLong, IncompleteBody, InvalidJson, InvalidRequest, InvalidCursor, MemberNotFound,
        EventNotFound, BatchNotFound, SlipNotFound, EntryNotFound, LineNotFound, NotATestMember,
        Internal,
    ];
}
