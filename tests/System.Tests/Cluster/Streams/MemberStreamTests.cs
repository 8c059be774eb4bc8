using System.Globalization;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Commands;
using MallVip.Silo.Hosting;
using MallVip.Silo.Hosting.Features;
using MallVip.System.Tests.Engine;
using MallVip.System.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Xunit.Abstractions;

namespace MallVip.System.Tests.Cluster;

/// <summary>
/// What waited in an inbox reaches members by their streams, wherever they live: once and in its order.
/// <c>MALLVIP_INBOX_EVENTS=N</c> sends N events in place of 2,000 and compares both ways better.
/// </summary>
public sealed class MemberStreamTests(ITestOutputHelper output)
{
    private const int People = 200;
    private const int OfOne = 50;
    private static readonly int Events = Setting.Number("MALLVIP_INBOX_EVENTS", 2_000);
    private static readonly StackFeatures ByStream = new() { Inbox = InboxWay.Memory };
    private static readonly DateTimeOffset Time = TimeProvider.System.GetUtcNow().AddHours(-1);

    [SiloFact]
    public async Task Events_given_to_one_silo_are_counted_once_and_in_order_by_members_of_all()
    {
        foreach (var way in new[] { StackFeatures.None, ByStream })
        {
            await using var cluster = await ClusterHost.StartAsync(silos: 2, way);
            await Task.WhenAll(Enumerable.Range(0, People).Select(
                person => RegisterAsync(cluster.Silos[person % 2], person)));
            Print(way, Events, People, await DeliverAsync(cluster.Silos[0], "e", Events, People));
            Print(way, OfOne, 1, await DeliverAsync(cluster.Silos[0], "one-", OfOne, people: 1));

            Assert.All(await cluster.ResidentsAsync("MemberGrain"), count => Assert.Equal(People / 2, count));
            for (var person = 0; person < People; person++)
                Assert.Equal(
                    Enumerable.Range(0, Events).Where(i => i % People == person).Select(i => $"e{i}"),
                    await BoughtAsync(cluster.Silos[1], person, "e"));
            Assert.Equal(
                Enumerable.Range(0, OfOne).Select(i => $"one-{i}"),
                await BoughtAsync(cluster.Silos[1], 0, "one-"));
            if (way == ByStream)
                Assert.Equal((Events + OfOne, 0L), Counts(cluster.Silos[0]));
            await cluster.AuditAsync();
        }
    }

    [Fact]
    public async Task What_failed_by_a_stream_is_asked_for_by_a_call_and_counts_once()
    {
        await using var host = await EngineHost.StartAsync(
            new MemoryJournal(), new ManualTime(), background: true, features: ByStream);
        var member = await host.RegisterAsync(1);
        host.Store.FailBefore(1);

        await host.QueueAsync(Till.Purchase("a", Till.Phone(1), 5, host.Now));
        await host.QueueAsync(Till.Purchase("b", Till.Phone(1), 5, host.Now));
        await Waiting.PatientlyAsync(() => host.Engine.Set.Inbox.Waiting == 0);

        Assert.Equal(10, await host.BalanceAsync(member));
        Assert.Equal((1L, 1L), Counts(host.Engine));
        await host.AssertCleanAsync();
    }

    /// <summary>Makes a member who lives in a silo.</summary>
    private static async Task RegisterAsync(LocalEngine silo, int person)
    {
        RequestContext.Set(
            IPlacementDirector.PlacementHintKey,
            silo.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress);
        await SendAsync(
            silo, Till.Event($"m{person}", "member.registered", Till.Phone(person), Time, "{}"),
            later: false);
    }

    /// <summary>Sends purchases of so many members in turn, and waits until all are delivered.</summary>
    private static async Task<TimeSpan> DeliverAsync(LocalEngine silo, string ids, int events, int people)
    {
        var began = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, events).Select(i => SendAsync(
            silo, Till.Purchase($"{ids}{i}", Till.Phone(i % people), 1, Time.AddSeconds(i % 3_600)),
            later: true)));
        await Waiting.PatientlyAsync(() => silo.Set.Inbox.Waiting == 0);
        return TimeProvider.System.GetElapsedTime(began);
    }

    private void Print(StackFeatures way, int events, int people, TimeSpan took) => output.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{way.Inbox,-6} {events,7:N0} events of {people,3} members in {took.TotalMilliseconds,7:N0} ms: "
            + $"{events / took.TotalSeconds:N0} a second"));

    private static (long Carried, long Called) Counts(LocalEngine silo)
    {
        var carrier = silo.Services.GetRequiredService<IEventCarrier>();
        return (carrier.Carried, carrier.Called);
    }

    private static async Task SendAsync(LocalEngine silo, byte[] cloudEvent, bool later)
    {
        var answer = await silo.Intake.AcceptAsync(
            cloudEvent, new() { Actor = "test", Later = later }, default).WaitAsync(ClusterHost.Patience);
        Assert.Equal(later ? EventStatus.Queued : EventStatus.Accepted, answer.Status);
    }

    private static async Task<IEnumerable<string>> BoughtAsync(
        LocalEngine silo, int person, string ids)
    {
        var found = await silo.Desk.FindAsync(Till.Phone(person), default);
        var member = silo.Grains.GetGrain<IMemberGrain>(found.Member!.Value.ToString());
        var page = (MemberReading.Page)await member.Read(new MemberQuery.History(null, 500))
            .WaitAsync(ClusterHost.Patience);
        return page.Entries.Reverse().Select(entry => entry.Body.Command)
            .OfType<MemberCommand.RecordEvent>().Select(command => command.Event)
            .Where(bought => bought.Id.StartsWith(ids, StringComparison.Ordinal)).Select(bought => bought.Id);
    }
}
