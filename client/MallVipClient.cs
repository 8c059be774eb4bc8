using System.Buffers;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MallVip.Client.Events;
using MallVip.Client.Problems;
using MallVip.Client.Wire;

namespace MallVip.Client;

/// <summary>
/// A typed client of the API. Every call is safe to repeat (events by source and id, writes by their key), so
/// calls answered 429 or 503 are repeated after <c>Retry-After</c>, a bounded number of times. Thread-safe.
/// </summary>
/// <param name="http">With the base address and, if keys are configured, the header <c>X-Api-Key</c>.</param>
/// <param name="time">The clock of the waits; null: the system's.</param>
public sealed partial class MallVipClient(HttpClient http, TimeProvider? time = null)
{
    /// <summary>How often a call is sent in all.</summary>
    public const int Tries = 5;

    /// <summary>How many events <see cref="StreamAsync"/> sends in one request, at most.</summary>
    public const int StreamLines = 500;

    private static readonly MediaTypeHeaderValue Json = new(EventMedia.Json);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Sends one event.</summary>
    /// <exception cref="MallVipProblemException">It was refused.</exception>
    public Task<EventAnswerBody> SendEventAsync(
        CloudEventBody cloudEvent, bool dryRun = false,
        CancellationToken cancellation = default) => CallAsync(
        () => Post(
            $"v1/events{DryRun(dryRun)}", cloudEvent, ApiJson.Default.CloudEventBody, new(EventMedia.One)),
        ApiJson.Default.EventAnswerBody, cancellation);

    /// <summary>
    /// Sends events as they come and gives their answers in order. What has gathered while a request was
    /// under way goes with the next one, so a lone event does not wait and a crowd shares requests.
    /// </summary>
    public async IAsyncEnumerable<EventAnswerBody> StreamAsync(
        IAsyncEnumerable<CloudEventBody> events,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await using var source = events.GetAsyncEnumerator(cancellation);
        var lines = new List<CloudEventBody>();
        var next = source.MoveNextAsync().AsTask();
        while (await next)
        {
            do
            {
                lines.Add(source.Current);
                next = source.MoveNextAsync().AsTask();
            }
            while (lines.Count < StreamLines && next.IsCompletedSuccessfully && await next);
            foreach (var answer in await SendLinesAsync(lines, cancellation))
                yield return answer;
            lines.Clear();
        }
    }

    /// <summary>
    /// A member by id or identity; with <paramref name="at"/> as of then. Null: there is none.
    /// </summary>
    public async Task<MemberBody?> GetMemberAsync(
        string idOrIdentity, DateTimeOffset? at = null, CancellationToken cancellation = default)
    {
        var query = at is { } instant ? $"?at={Uri.EscapeDataString(instant.ToString("O"))}" : "";
        try
        {
            return await CallAsync(
                () => new(HttpMethod.Get, Member(idOrIdentity) + query), ApiJson.Default.MemberBody,
                cancellation);
        }
        catch (MallVipProblemException missing) when (missing.Problem.Code == ApiErrors.MemberNotFound.Code)
        {
            return null;
        }
    }

    /// <summary>A page of a member's ledger, newest first.</summary>
    public Task<LedgerBody> GetLedgerAsync(
        string idOrIdentity, string? cursor = null, int limit = 50,
        CancellationToken cancellation = default) =>
        CallAsync(
            () => new(HttpMethod.Get, $"{Member(idOrIdentity)}/ledger?limit={limit}&cursor={cursor}"),
            ApiJson.Default.LedgerBody, cancellation);

    /// <summary>Where a ledger entry comes from.</summary>
    /// <param name="seq">The entry, as <see cref="LedgerLineBody.Seq"/> says.</param>
    /// <param name="line">As <see cref="LedgerLineBody.Line"/> says; null: all lines.</param>
    public Task<WhyBody> WhyAsync(
        string idOrIdentity, long seq, int? line = null, CancellationToken cancellation = default) =>
        CallAsync(
            () => new(HttpMethod.Get, WhyPath(idOrIdentity, seq, line)), ApiJson.Default.WhyBody,
            cancellation);

    /// <summary>The same as plain text in a language.</summary>
    /// <param name="language"><c>en</c> or <c>zh</c>.</param>
    public async Task<string> WhyTextAsync(
        string idOrIdentity, long seq, int? line, string language, CancellationToken cancellation = default)
    {
        using var response = await SendAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, WhyPath(idOrIdentity, seq, line));
                request.Headers.Accept.ParseAdd("text/plain");
                request.Headers.AcceptLanguage.ParseAdd(language);
                return request;
            },
            cancellation);
        return await response.Content.ReadAsStringAsync(cancellation);
    }

    /// <summary>What a basket would give; nothing is recorded.</summary>
    /// <param name="now">The clock of the decision; null: the silo's.</param>
    public Task<QuoteAnswerBody> QuoteAsync(
        QuoteBody body, DateTimeOffset? now = null, CancellationToken cancellation = default)
    {
        var query = now is { } instant ? $"?now={Uri.EscapeDataString(instant.ToString("O"))}" : "";
        return CallAsync(
            () => Post($"v1/quotes{query}", body, ApiJson.Default.QuoteBody, Json),
            ApiJson.Default.QuoteAnswerBody, cancellation);
    }

    /// <summary>Registers a member.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> RegisterAsync(
        RegisterBody body, string key, CancellationToken cancellation = default) =>
        WriteAsync("v1/members", body, ApiJson.Default.RegisterBody, key, cancellation);

    /// <summary>Uses points.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> SpendAsync(
        string idOrIdentity, SpendBody body, string key, CancellationToken cancellation = default) =>
        WriteAsync($"{Member(idOrIdentity)}/spend", body, ApiJson.Default.SpendBody, key, cancellation);

    /// <summary>Sets points aside for a spend; the answer names the hold.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> HoldAsync(
        string idOrIdentity, HoldPointsBody body, string key, CancellationToken cancellation = default) =>
        WriteAsync($"{Member(idOrIdentity)}/holds", body, ApiJson.Default.HoldPointsBody, key, cancellation);

    /// <summary>Spends what is held, or a part of it; the rest is free again.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> CaptureAsync(
        string idOrIdentity, string hold, CaptureBody body, string key,
        CancellationToken cancellation = default) => WriteAsync(
            $"{Member(idOrIdentity)}/holds/{Uri.EscapeDataString(hold)}/capture", body,
            ApiJson.Default.CaptureBody, key, cancellation);

    /// <summary>Gives held points free.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> ReleaseAsync(
        string idOrIdentity, string hold, string key, CancellationToken cancellation = default) => CallAsync(
            () => Keyed(
                new(HttpMethod.Delete, $"{Member(idOrIdentity)}/holds/{Uri.EscapeDataString(hold)}"), key),
            ApiJson.Default.DeskAnswerBody, cancellation);

    /// <summary>Gives points to another member; answered when they have arrived.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> TransferAsync(
        string idOrIdentity, TransferPointsBody body, string key,
        CancellationToken cancellation = default) => WriteAsync(
            $"{Member(idOrIdentity)}/transfer", body, ApiJson.Default.TransferPointsBody, key, cancellation);

    /// <summary>Makes one member of two; the first one's id leads to the other from then on.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> MergeAsync(
        string idOrIdentity, MergeBody body, string key, CancellationToken cancellation = default) =>
        WriteAsync($"{Member(idOrIdentity)}/merge", body, ApiJson.Default.MergeBody, key, cancellation);

    /// <summary>Corrects a balance by hand.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> AdjustAsync(
        string idOrIdentity, AdjustBody body, string key, CancellationToken cancellation = default) =>
        WriteAsync($"{Member(idOrIdentity)}/adjust", body, ApiJson.Default.AdjustBody, key, cancellation);

    /// <summary>Confirms a receipt, whose points wait for that.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> ConfirmAsync(
        string idOrIdentity, ConfirmBody body, string key, CancellationToken cancellation = default) =>
        WriteAsync($"{Member(idOrIdentity)}/confirm", body, ApiJson.Default.ConfirmBody, key, cancellation);

    /// <summary>Lets points last longer.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> ExtendAsync(
        string idOrIdentity, ExtendBody body, string key, CancellationToken cancellation = default) =>
        WriteAsync($"{Member(idOrIdentity)}/extend", body, ApiJson.Default.ExtendBody, key, cancellation);

    /// <summary>Lets points lapse now.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> ExpireAsync(
        string idOrIdentity, ExpireBody body, string key, CancellationToken cancellation = default) =>
        WriteAsync($"{Member(idOrIdentity)}/expire", body, ApiJson.Default.ExpireBody, key, cancellation);

    /// <summary>Freezes, blacklists or closes a member, reports the card lost, or lifts it again.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> SetStatusAsync(
        string idOrIdentity, StatusBody body, string key, CancellationToken cancellation = default) =>
        CallAsync(
            () =>
            {
                var request = Post($"{Member(idOrIdentity)}/status", body, ApiJson.Default.StatusBody, Json);
                request.Method = HttpMethod.Put;
                return Keyed(request, key);
            },
            ApiJson.Default.DeskAnswerBody, cancellation);

    private Task<DeskAnswerBody> WriteAsync<T>(
        string path, T body, JsonTypeInfo<T> type, string key, CancellationToken cancellation) => CallAsync(
        () => Keyed(Post(path, body, type, Json), key), ApiJson.Default.DeskAnswerBody, cancellation);

    private static HttpRequestMessage Keyed(HttpRequestMessage request, string key)
    {
        request.Headers.Add("Idempotency-Key", key);
        return request;
    }

    /// <summary>Sends events that are JSON already, and answers each in order, refused ones too.</summary>
    /// <param name="ndjson">One event a line, UTF-8.</param>
    /// <param name="count">How many lines these are; more than 4,000 may have to wait for their own
    /// answers to be read, which is too late here.</param>
    /// <param name="run">The id of an import run; null: they happen now.</param>
    /// <exception cref="MallVipProblemException">The upload was refused as a whole.</exception>
    /// <exception cref="IOException">The connection broke; what was accepted stays accepted.</exception>
    public async Task<IReadOnlyList<EventAnswerBody>> SendLinesAsync(
        ReadOnlyMemory<byte> ndjson, int count, string? run, CancellationToken cancellation = default)
    {
        using var response = await SendAsync(() => Lines(ndjson, run), cancellation);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
        var answers = new List<EventAnswerBody>(count);
        while (await reader.ReadLineAsync(cancellation) is { } line)
            answers.Add(JsonSerializer.Deserialize(line, ApiJson.Default.EventAnswerBody)!);
        return answers.Count == count
            ? answers
            : throw new IOException($"{count} events were sent, {answers.Count} answers came.");
    }

    /// <summary>Ends an import run; ending it again changes nothing.</summary>
    public async Task EndRunAsync(string run, CancellationToken cancellation = default)
    {
        var path = $"v1/runs/{Uri.EscapeDataString(run)}/end";
        using var response = await SendAsync(() => new(HttpMethod.Post, path), cancellation);
    }

    /// <summary>The path of events, as a part of a run.</summary>
    private static string EventsOf(string? run) =>
        run is null ? "v1/events" : $"v1/events?run={Uri.EscapeDataString(run)}";

    private Task<IReadOnlyList<EventAnswerBody>> SendLinesAsync(
        List<CloudEventBody> lines, CancellationToken cancellation)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
            foreach (var line in lines)
            {
                JsonSerializer.Serialize(json, line, ApiJson.Default.CloudEventBody);
                json.Flush();
                body.Write("\n"u8);
                json.Reset();
            }

        return SendLinesAsync(body.WrittenMemory, lines.Count, null, cancellation);
    }

    private static HttpRequestMessage Lines(ReadOnlyMemory<byte> ndjson, string? run)
    {
        var content = new ReadOnlyMemoryContent(ndjson);
        content.Headers.ContentType = new(EventMedia.Lines);
        return new(HttpMethod.Post, EventsOf(run)) { Content = content };
    }

    private async Task<T> CallAsync<T>(
        Func<HttpRequestMessage> request, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var response = await SendAsync(request, cancellation);
        return await response.Content.ReadFromJsonAsync(type, cancellation)
            ?? throw new IOException("The answer is empty.");
    }

    private async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> request, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var message = request();
            var response = await http.SendAsync(
                message, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.IsSuccessStatusCode)
                return response;
            using (response)
            {
                if (attempt == Tries || RetryAfter(response) is not { } wait)
                    throw new MallVipProblemException(await ProblemAsync(response, cancellation));
                await Task.Delay(wait, _time, cancellation);
            }
        }
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) =>
        (int)response.StatusCode is not (429 or 503)
        ? null
        : response.Headers.RetryAfter?.Delta is { } wait && wait < LongestWait
            ? wait
            : TimeSpan.FromSeconds(1);

    private static async Task<ProblemBody> ProblemAsync(
        HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        if (response.Content.Headers.ContentType?.MediaType != ProblemWriter.ContentType)
            return new(
                "about:blank", response.ReasonPhrase
                    ?? "", status, $"http_{status}", "Not a problem document.");
        return (await response.Content.ReadFromJsonAsync(ApiJson.Default.ProblemBody, cancellation))!;
    }

    private static HttpRequestMessage Post<T>(
        string path, T body, JsonTypeInfo<T> type, MediaTypeHeaderValue media) =>
        new(HttpMethod.Post, path) { Content = JsonContent.Create(body, type, media) };

    private static string Member(string idOrIdentity) => $"v1/members/{Uri.EscapeDataString(idOrIdentity)}";

    private static string WhyPath(string idOrIdentity, long seq, int? line) =>
        $"{Member(idOrIdentity)}/ledger/{seq}/why{(line is { } number ? $"?line={number}" : "")}";

    private static string DryRun(bool dryRun) => dryRun ? "?dryRun=true" : "";
}

/// <summary>The API refused a call.</summary>
public sealed class MallVipProblemException(ProblemBody problem) : Exception(
    $"{problem.Code}: {problem.Detail}")
{
    public ProblemBody Problem { get; } = problem;
}
