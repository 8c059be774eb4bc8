using System.Text;
using MallVip.Grains.Desk;
using MallVip.Grains.Intake;
using MallVip.Rules.Quantities;
using MallVip.Silo.Hosting;
using MallVip.System.Tests.Engine;
using MallVip.System.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Cluster;

/// <summary>Members who become one while several silos have events for both.</summary>
public sealed class MergedMembersTests
{
    private const int Pairs = 10;
    private const int Events = 60;
    private static readonly DateTimeOffset Time = TimeProvider.System.GetUtcNow().AddHours(-1);

    [SiloFact]
    public async Task Events_for_both_through_three_silos_and_their_repeats_count_once()
    {
        await using var cluster = await ClusterHost.StartAsync(silos: 3);
        var members = await Task.WhenAll(Enumerable.Range(0, 2 * Pairs).Select(
            async phone => (await SendAsync(cluster.Silos[phone % 3], phone)).Member!.Value));

        var sent = Enumerable.Range(0, 2 * Pairs * Events).Select(
            i => BuyAsync(cluster.Silos[i % 3], i, i % (2 * Pairs))).ToArray();
        var merged = await Task.WhenAll(Enumerable.Range(0, Pairs).Select(
            pair => MergeAsync(cluster.Silos[pair % 3], members[pair], members[pair + Pairs])));
        var answers = await Task.WhenAll(sent);
        var repeats = await Task.WhenAll(Enumerable.Range(0, 2 * Pairs * Events).Select(
            i => BuyAsync(cluster.Silos[(i + 1) % 3], i, i % (2 * Pairs))));

        Assert.All(merged, merge => Assert.Null(merge.Refusal));
        Assert.All(answers, answer => Assert.Null(answer.Refusal));
        Assert.All(repeats, answer => Assert.Equal(EventStatus.Duplicate, answer.Status));
        for (var pair = 0; pair < Pairs; pair++)
        {
            var desk = cluster.Silos[pair % 3].Desk;
            var view = (await desk.ReadAsync(members[pair], null, default))!.Snapshot.State;
            Assert.Equal(members[pair + Pairs], view.Id);
            Assert.Equal(2 * Events * 5, view.FindWallet("points")!.Balance.Value);
            Assert.Equal(2 * Events, view.Purchases);
        }

        await cluster.AuditAsync();
    }

    private static Task<DeskAnswer> MergeAsync(LocalEngine silo, MemberId member, MemberId into) =>
        silo.Services.GetRequiredService<MergeDesk>().MergeAsync(
            member, into, "one person",
            new("desk", $"m-{member}", Encoding.UTF8.GetBytes(member.ToString()), DryRun: false), default)
        .WaitAsync(ClusterHost.Patience);

    private static Task<EventAnswer> BuyAsync(LocalEngine silo, int number, int phone) =>
        silo.Intake.AcceptAsync(
            Till.Purchase($"e{number}", Till.Phone(phone), 5, Time), new() { Actor = "test" }, default)
        .WaitAsync(ClusterHost.Patience);

    private static Task<EventAnswer> SendAsync(LocalEngine silo, int phone) =>
        silo.Intake.AcceptAsync(
            Till.Event($"m{phone}", "member.registered", Till.Phone(phone), Time, "{}"),
            new() { Actor = "test" }, default)
        .WaitAsync(ClusterHost.Patience);
}
