using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using MallVip.Client.Wire;
using MallVip.System.Tests.Engine;

namespace MallVip.System.Tests.Crash;

/// <summary>
/// Tills that post NDJSON, several streams at once, as long as a silo lives. An event without an answer is
/// sent again in the next life under the same id.
/// </summary>
internal sealed class EventLoad
{
    private const int Streams = 4;
    private const int LinesPerRequest = 100;
    private const int Members = 300;
    private readonly ConcurrentDictionary<string, byte> _acknowledged = new();
    private readonly ConcurrentQueue<string> _again = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private int _number;
    private int _count;

    /// <summary>Ids that the silo has said it recorded.</summary>
    public ICollection<string> Acknowledged => _acknowledged.Keys;

    /// <summary>Answers that no event of this load should get.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>How long it took.</summary>
    public LoadTrace Trace { get; } = new();

    public int AcknowledgedCount => Volatile.Read(ref _count);

    public int Sent => _number;

    /// <summary>Makes the members; answers when they are there.</summary>
    public Task RegisterAsync(HttpClient http) => PostAsync(http, [.. Enumerable.Range(0, Members)
        .Select(i => string.Create(CultureInfo.InvariantCulture, $"m{i}"))]);

    /// <summary>Sends until the silo dies; ends with it.</summary>
    public Task RunAsync(HttpClient http) =>
        Task.WhenAll(Enumerable.Range(0, Streams).Select(_ => StreamAsync(http)));

    /// <summary>Sends what is still without an answer.</summary>
    public async Task FinishAsync(HttpClient http)
    {
        while (Draw(fresh: false) is { Count: > 0 } ids)
            await PostAsync(http, ids);
    }

    private async Task StreamAsync(HttpClient http)
    {
        try
        {
            while (true)
                await PostAsync(http, Draw(fresh: true));
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return;
        }
    }

    private List<string> Draw(bool fresh)
    {
        var ids = new List<string>(LinesPerRequest);
        while (ids.Count < LinesPerRequest && _again.TryDequeue(out var id))
            ids.Add(id);
        while (fresh && ids.Count < LinesPerRequest)
            ids.Add(string.Create(CultureInfo.InvariantCulture, $"e{Interlocked.Increment(ref _number)}"));
        return ids;
    }

    private async Task PostAsync(HttpClient http, List<string> ids)
    {
        var open = ids.ToHashSet(StringComparer.Ordinal);
        var sent = TimeProvider.System.GetTimestamp();
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events")
            {
                Content = new ByteArrayContent([.. ids.SelectMany(Line)]),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            using var answers = new StreamReader(await response.Content.ReadAsStreamAsync());
            while (await answers.ReadLineAsync() is { Length: > 0 } line)
                Hear(JsonSerializer.Deserialize(line, ApiJson.Default.EventAnswerBody)!, open, sent);
        }
        finally
        {
            foreach (var id in open)
                _again.Enqueue(id);
        }
    }

    private void Hear(EventAnswerBody answer, HashSet<string> open, long sent)
    {
        if (answer.Error is { Status: 503 or 429 })
            return;
        if (answer.Error is { } error)
            _faults.Enqueue($"{answer.Id}: {error.Code}");
        else if (_acknowledged.TryAdd(answer.Id!, 0))
        {
            Interlocked.Increment(ref _count);
            Trace.Acknowledge(sent);
        }

        open.Remove(answer.Id!);
    }

    /// <summary>An event follows from its id alone, so that a repeat has the same bytes.</summary>
    private static byte[] Line(string id)
    {
        var number = int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture);
        var phone = Till.Phone(number % Members);
        var json = id[0] == 'm'
            ? Till.Event(id, "member.registered", phone, Time, "{}")
            : Till.Purchase(id, phone, 1 + (number % 97), Time.AddSeconds(number % 3600), "bay-coat");
        return [.. json, (byte)'\n'];
    }

    /// <summary>Whole minutes of the load's start, an hour back.</summary>
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(
        (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 * 60) - 7_200);
}
