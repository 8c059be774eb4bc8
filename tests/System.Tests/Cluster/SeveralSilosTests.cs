using System.Collections.Concurrent;
using MallVip.Grains.Intake;
using MallVip.Grains.Members;
using MallVip.Rules.Quantities;
using MallVip.Silo.Hosting;
using MallVip.System.Tests.Engine;
using MallVip.System.Tests.Postgres;

namespace MallVip.System.Tests.Cluster;

/// <summary>Silos of one cluster are one engine to whoever asks.</summary>
public sealed class SeveralSilosTests
{
    private static readonly DateTimeOffset Time = TimeProvider.System.GetUtcNow().AddHours(-1);

    [SiloFact]
    public async Task One_member_is_called_through_two_silos_at_once_and_every_event_counts_once()
    {
        await using var cluster = await ClusterHost.StartAsync(silos: 2);
        await SendAsync(cluster.Silos[0], "m", "member.registered", 1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(
            i => BuyAsync(cluster.Silos[i % 2], $"e{i % 200}", 1)));

        Assert.Equal(200, answers.Count(answer => answer.Status == EventStatus.Accepted));
        Assert.Equal(200, answers.Count(answer => answer.Status == EventStatus.Duplicate));
        var states = new List<long>();
        foreach (var silo in cluster.Silos)
            states.Add(await EarnedAsync(silo, answers[0].Member!.Value));
        Assert.Equal(states[0], states[1]);
        Assert.Equal(200 * 5, states[0]);
        await cluster.AuditAsync();
    }

    [SiloFact]
    public async Task Members_are_spread_over_the_silos()
    {
        await using var cluster = await ClusterHost.StartAsync(silos: 3);
        var members = 0;
        int[] residents = [];
        // Before the silos have heard of one another's load, a new member may stay where it came.
        await Waiting.PatientlyAsync(async () =>
        {
            await Task.WhenAll(Enumerable.Range(members, 100).Select(
                i => SendAsync(cluster.Silos[i % 3], $"m{i}", "member.registered", i)));
            members += 100;
            residents = await cluster.ResidentsAsync("MemberGrain");
            return residents.Length == 3 && residents.Min() >= 10;
        });

        Assert.Equal(members, residents.Sum());
        await cluster.AuditAsync();
    }

    [SiloFact]
    public async Task A_silo_that_stops_under_load_costs_no_caller_of_the_others_an_event()
    {
        await using var cluster = await ClusterHost.StartAsync(silos: 3);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(
            i => SendAsync(cluster.Silos[i % 3], $"m{i}", "member.registered", i)));
        var answers = new ConcurrentBag<EventAnswer>();
        using var enough = new CancellationTokenSource();
        var callers = Task.WhenAll(Enumerable.Range(0, 8).Select(
            till => CallAsync(cluster.Silos[till % 2], till, answers, enough.Token)));

        await Waiting.PatientlyAsync(() => answers.Count >= 300 || callers.IsCompleted);
        await cluster.Silos[2].DisposeAsync().AsTask().WaitAsync(ClusterHost.Patience);
        var then = answers.Count;
        await Waiting.PatientlyAsync(() => answers.Count >= then + 300 || callers.IsCompleted);
        await enough.CancelAsync();
        await callers.WaitAsync(ClusterHost.Patience);

        // Whose answer was lost with the silo is asked again inside, and then is told what became of it.
        Assert.All(answers, answer => Assert.True(
            answer is { Status: EventStatus.Accepted or EventStatus.Duplicate, Outcome: not null },
            $"{answer.Status} {answer.Refusal?.Code}"));
        await cluster.AuditAsync();
    }

    [SiloFact]
    public async Task A_silo_that_joins_takes_members_and_a_repeat_is_known_wherever_it_arrives()
    {
        await using var cluster = await ClusterHost.StartAsync(silos: 1);
        var first = await SendAsync(cluster.Silos[0], "m", "member.registered", 7);
        var bought = await BuyAsync(cluster.Silos[0], "e", 7);
        var second = await cluster.AddAsync();
        Assert.Equal(EventStatus.Duplicate, (await BuyAsync(second, "e", 7)).Status);

        await cluster.Silos[0].DisposeAsync().AsTask().WaitAsync(ClusterHost.Patience);

        var again = await BuyAsync(second, "e", 7);
        Assert.Equal((EventStatus.Duplicate, first.Member), (again.Status, again.Member));
        Assert.Equal([.. bought.Outcome!.Wallets], [.. again.Outcome!.Wallets]);
        Assert.Equal(EventStatus.Accepted, (await BuyAsync(second, "f", 7)).Status);
        await cluster.AuditAsync();
    }

    private static async Task CallAsync(
        LocalEngine silo, int till, ConcurrentBag<EventAnswer> answers, CancellationToken enough)
    {
        for (var i = 0; !enough.IsCancellationRequested; i++)
            answers.Add(await BuyAsync(silo, $"t{till}-{i}", ((till * 13) + i) % 100));
    }

    private static Task<EventAnswer> BuyAsync(LocalEngine silo, string id, int phone) =>
        silo.Intake.AcceptAsync(
        Till.Purchase(id, Till.Phone(phone), 5, Time), new() { Actor = "test" }, default)
        .WaitAsync(ClusterHost.Patience);

    private static Task<EventAnswer> SendAsync(LocalEngine silo, string id, string type, int phone) =>
        silo.Intake.AcceptAsync(
            Till.Event(id, type, Till.Phone(phone), Time, "{}"), new() { Actor = "test" }, default)
        .WaitAsync(ClusterHost.Patience);

    private static async Task<long> EarnedAsync(LocalEngine silo, MemberId member)
    {
        var reading = await silo.Grains.GetGrain<IMemberGrain>(member.ToString())
            .Read(new MemberQuery.State()).WaitAsync(ClusterHost.Patience);
        return ((MemberReading.Snapshot)reading).State.FindWallet("points")!.Earned.Value;
    }
}
