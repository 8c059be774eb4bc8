using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using MallVip.System.Tests.Crash;
using MallVip.System.Tests.Engine;

namespace MallVip.System.Tests.Cluster;

/// <summary>
/// Tills that post single events at all silos and take the next silo when one does not answer, as tills with
/// a list of addresses do. An event keeps its id until it is acknowledged.
/// </summary>
internal sealed class ClusterLoad(params SiloProcess[] silos)
{
    private const int Tills = 16;
    private const int Members = 300;

    /// <summary>How long a till waits for one silo.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly DateTimeOffset Time = TimeProvider.System.GetUtcNow().AddHours(-2);

    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly ConcurrentBag<Acknowledged> _answers = [];
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly CancellationTokenSource _enough = new();
    private Task _tills = Task.CompletedTask;
    private int _number;
    private volatile bool _isOver;

    /// <summary>The number before its first event, so that a second load sends others; members are registered
    /// once more under it. Default 0.</summary>
    public int First { get => _number; init => _number = value; }

    /// <summary>Since the load was made.</summary>
    public TimeSpan Now => TimeProvider.System.GetElapsedTime(_began);

    public IReadOnlyCollection<Acknowledged> Answers => _answers;

    /// <summary>Answers that no event of this load should get.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    /// <summary>Makes the members and starts the tills.</summary>
    public async Task StartAsync()
    {
        var first = First;
        await Parallel.ForEachAsync(Enumerable.Range(0, Members), async (member, _) =>
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"m{first + member}");
            var json = Till.Event(id, "member.registered", Till.Phone(member), Time, "{}");
            await SendAsync(id, json, member % silos.Length);
        });
        _tills = Task.WhenAll(Enumerable.Range(0, Tills).Select(RunAsync));
    }

    /// <summary>Until so many more are acknowledged.</summary>
    public Task MoreAsync(int events)
    {
        var goal = _answers.Count + events;
        return Waiting.PatientlyAsync(() => _answers.Count >= goal || _tills.IsCompleted);
    }

    /// <summary>Lets the tills go on for a while.</summary>
    public Task RunForAsync(TimeSpan time)
    {
        var until = Now + time;
        return Waiting.PatientlyAsync(() => Now >= until || _tills.IsCompleted);
    }

    /// <summary>Ends when every till has had its last event acknowledged.</summary>
    public async Task EndAsync()
    {
        await _enough.CancelAsync();
        await _tills.WaitAsync(ClusterHost.Patience);
    }

    /// <summary>Ends though nobody answers any more: what is under way stays without an answer.</summary>
    public Task GiveUpAsync()
    {
        _isOver = true;
        return EndAsync();
    }

    private async Task RunAsync(int till)
    {
        for (var door = till; !_enough.IsCancellationRequested;)
        {
            var number = Interlocked.Increment(ref _number);
            var id = string.Create(CultureInfo.InvariantCulture, $"e{number}");
            var json = Till.Purchase(id, Till.Phone(number * 7 % Members), 1 + (number % 97),
                Time.AddSeconds(number % 3_600), "bay-coat");
            door = await SendAsync(id, json, door);
        }
    }

    /// <summary>Gives the door that answered.</summary>
    private async Task<int> SendAsync(string id, byte[] json, int door)
    {
        var sent = Now;
        for (var tries = 1; ; tries++)
        {
            var status = await TryAsync(json, silos[door % silos.Length]);
            if (status is HttpStatusCode.OK)
            {
                _answers.Add(new(id, sent, Now, tries));
                return door;
            }

            if (status is not (null or HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
                _faults.Enqueue($"{id}: {status}");
            if (_isOver)
                return door;
            Assert.True(Now - sent < ClusterHost.Patience, $"{id} was never acknowledged.");
            door++;
            if (tries % silos.Length == 0)
                await Task.Delay(Pause, TimeProvider.System);
        }
    }

    /// <summary>Null: no answer.</summary>
    private static async Task<HttpStatusCode?> TryAsync(byte[] json, SiloProcess silo)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            using var content = new ByteArrayContent(json);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
            using var answer = await silo.Http.PostAsync("/v1/events", content, limit.Token);
            return answer.StatusCode;
        }
        catch (Exception failure) when (
            failure is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }
}

/// <summary>An event that a silo has said it recorded.</summary>
/// <param name="Sent">When it was sent first.</param>
/// <param name="At">When its answer was there.</param>
/// <param name="Tries">How often it was sent.</param>
internal sealed record Acknowledged(string Id, TimeSpan Sent, TimeSpan At, int Tries)
{
    public double Milliseconds => (At - Sent).TotalMilliseconds;
}
