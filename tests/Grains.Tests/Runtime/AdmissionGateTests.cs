using MallVip.Grains.Admission;

namespace MallVip.Grains.Tests.Runtime;

/// <summary>Fair shares before the grains.</summary>
public sealed class AdmissionGateTests
{
    private readonly AdmissionGate _gate = new(new AdmissionOptions
    {
        MaxInFlight = 4,
        MaxInFlightPerCaller = 3,
        MaxWaiting = 10,
        MaxWaitingPerCaller = 8,
        RetryAfter = TimeSpan.FromSeconds(3),
    });

    [Fact]
    public async Task Free_places_are_taken_at_once_up_to_the_callers_and_the_common_bound()
    {
        var a = Enumerable.Range(0, 5).Select(_ => Enter("a")).ToArray();
        var b = Enumerable.Range(0, 2).Select(_ => Enter("b")).ToArray();
        Assert.Equal([true, true, true, false, false], a.Select(it => it.IsCompleted));
        Assert.Equal([true, false], b.Select(it => it.IsCompleted));
        Assert.Equal((4, 3), (_gate.InFlight, _gate.Waiting));
        (await b[0]).Dispose();
        await b[1];
        (await a[0]).Dispose();
        await a[3];
        Assert.Equal((4, 1), (_gate.InFlight, _gate.Waiting));
    }

    [Fact]
    public async Task Waiting_callers_are_served_in_turn_however_long_their_queues()
    {
        var held = await Task.WhenAll(Enter("x"), Enter("y"), Enter("z"), Enter("z"));
        var order = new List<string>();
        var calls = "aaaaaabbc".Select(it => Enter(it.ToString())).ToArray();
        held[0].Dispose();
        for (var i = 0; i < calls.Length; i++)
        {
            var next = Task.WhenAny(calls.Where(it => it is not null));
            var done = await next.WaitAsync(TimeSpan.FromSeconds(30));
            var index = Array.IndexOf(calls, done);
            order.Add("aaaaaabbc"[index].ToString());
            calls[index] = null!;
            (await done).Dispose();
        }
        Assert.Equal("abcabaaaa", string.Concat(order));
    }

    [Fact]
    public async Task A_full_house_takes_from_the_longest_queue_for_a_caller_with_a_shorter_one()
    {
        await Task.WhenAll(Enter("x"), Enter("y"), Enter("z"), Enter("z"));
        var greedy = Enumerable.Range(0, 9).Select(_ => Enter("greedy")).ToArray();
        await Assert.ThrowsAsync<GrainOverloadedException>(() => greedy[8]);
        var others = new[] { Enter("m"), Enter("n"), Enter("o") };
        var error = await Assert.ThrowsAsync<GrainOverloadedException>(() => greedy[7]);
        Assert.Equal(3, error.RetryAfter.TotalSeconds);
        Assert.Equal(10, _gate.Waiting);
        Assert.DoesNotContain(others, it => it.IsCompleted);
        Assert.DoesNotContain(greedy.Take(7), it => it.IsCompleted);
    }

    [Fact]
    public async Task One_who_gives_up_leaves_the_queue()
    {
        var held = await Task.WhenAll(Enter("x"), Enter("x"), Enter("x"));
        using var stop = new CancellationTokenSource();
        var waiting = _gate.EnterAsync("x", stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, _gate.Waiting);
        foreach (var lease in held)
        {
            lease.Dispose();
            lease.Dispose();
        }
        Assert.Equal(0, _gate.InFlight);
    }

    private Task<IDisposable> Enter(string caller) =>
        _gate.EnterAsync(caller, CancellationToken.None).AsTask();
}
