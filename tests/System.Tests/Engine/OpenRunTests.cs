using MallVip.Grains.Journal;
using MallVip.Grains.Runs;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Engine;

/// <summary>An import lives on the clock of its events, however many requests it takes.</summary>
public sealed class OpenRunTests
{
    [Fact]
    public async Task Between_two_requests_of_a_run_no_timer_fires_and_after_its_end_all_do()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var runs = host.Engine.Services.GetRequiredService<OpenRuns>();
        var past = host.Now.AddDays(-200);
        var member = await ImportAsync(host, runs, "p1", past);
        await OthersLapseAsync(host);
        Assert.Equal(100, await host.BalanceAsync(member));

        await ImportAsync(host, runs, "p2", past.AddDays(10));
        Assert.Equal(200, await host.BalanceAsync(member));
        runs.End("import-1");

        await host.UntilAsync(member, IsLapsed);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Due_rows_of_members_of_an_open_run_are_not_claimed()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var runs = host.Engine.Services.GetRequiredService<OpenRuns>();
        var member = await ImportAsync(host, runs, "p1", host.Now.AddDays(-200));
        await OthersLapseAsync(host);

        var free = await host.Store.ClaimDueAsync(host.Now, 10, host.Now.AddSeconds(1));

        Assert.Equal([member.Value], free.Select(row => row.Grain.Id));
    }

    [Fact]
    public async Task A_run_that_nobody_ended_ends_when_it_has_been_idle()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var runs = host.Engine.Services.GetRequiredService<OpenRuns>();
        var member = await ImportAsync(host, runs, "p1", host.Now.AddDays(-200));

        host.Time.Advance(OpenRuns.IdleTimeout - TimeSpan.FromSeconds(1));
        Assert.True(runs.Any);
        host.Time.Advance(TimeSpan.FromMinutes(2));

        await host.UntilAsync(member, IsLapsed);
        Assert.False(runs.Any);
    }

    [Fact]
    public async Task A_run_that_is_ended_while_a_request_is_under_way_holds_on_until_that_is_over()
    {
        await using var host = await EngineHost.StartAsync();
        var runs = host.Engine.Services.GetRequiredService<OpenRuns>();
        using (var lease = runs.Join("r"))
        {
            lease.Clock.Touch(new MemberId(7));
            Assert.NotNull(runs.End("r"));
            Assert.True(runs.Holds(new GrainKey(GrainKind.Member, 7)));
        }

        Assert.False(runs.Holds(new GrainKey(GrainKind.Member, 7)));
        Assert.Null(runs.End("r"));
    }

    /// <summary>One request of a run: a purchase of 100 yuan.</summary>
    private static async Task<MemberId> ImportAsync(
        EngineHost host, OpenRuns runs, string id, DateTimeOffset time)
    {
        using var lease = runs.Join("import-1");
        var answer = await host.Engine.Intake.AcceptAsync(
            Till.Purchase(id, Till.Phone(1), 100, time), new() { Actor = "import", Run = lease.Clock },
            default);
        return answer.Member!.Value;
    }

    /// <summary>Somebody else's timer fires, so the worker has looked at all rows.</summary>
    private static async Task OthersLapseAsync(EngineHost host)
    {
        var other = await host.RegisterAsync(2);
        await host.BuyAsync("q", 2, 50);
        using var request = host.Engine.Services.GetRequiredService<OpenRuns>().Join("import-1");
        host.Time.Advance(TimeSpan.FromDays(31));
        await host.UntilAsync(other, IsLapsed);
    }

    private static bool IsLapsed(MemberState state) => state.FindWallet("points")!.Balance.Value == 0;
}
