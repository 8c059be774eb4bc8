using MallVip.Grains.Desk;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Engine;

/// <summary>Receipts claimed afterwards: by whom, how often, and with a crash after every step.</summary>
public sealed class ClaimTests
{
    [Fact]
    public async Task So_many_a_day_and_a_repeat_is_answered_as_the_first_time_and_counts_once()
    {
        await using var host = await StartAsync(2, 20);
        var member = await host.RegisterAsync(1);
        await KeepAsync(host, 5);

        var first = await ClaimAsync(host, "p1", member);
        var again = await ClaimAsync(host, "p1", member);
        await ClaimAsync(host, "p2", member);
        var third = await ClaimAsync(host, "p3", member);
        var tried = await ClaimAsync(host, "p3", member, dryRun: true);
        var late = await ClaimAsync(host, "p2", member);
        host.Time.Advance(TimeSpan.FromDays(1));
        var next = await ClaimAsync(host, "p3", member);

        Assert.All((DeskAnswer[])[first, again, late, next], answer => Assert.Null(answer.Refusal));
        Assert.Equal(
            Assert.Single(first.Answer!.Outcome!.Lines).Points,
            Assert.Single(again.Answer!.Outcome!.Lines).Points);
        Assert.Equal(("claim_limited", "claim_limited"), (third.Refusal?.Code, tried.Refusal?.Code));
        Assert.Equal(15, await host.BalanceAsync(member));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Claims_at_once_do_not_get_past_the_limit_and_of_two_members_one_gets_the_receipt()
    {
        await using var host = await StartAsync(3, 20);
        var (member, other) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await KeepAsync(host, 8);

        var claims = await Task.WhenAll(
            Enumerable.Range(1, 8).Select(i => ClaimAsync(host, $"p{i}", member)));
        var taken = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => ClaimAsync(host, $"p{i}", other)));

        Assert.Equal(3, claims.Count(claim => claim.Refusal is null));
        Assert.Equal(3, taken.Count(claim => claim.Refusal is null));
        Assert.Equal((15, 15), (await host.BalanceAsync(member), await host.BalanceAsync(other)));
        await KeepAsync(host, 1, "q");
        host.Time.Advance(TimeSpan.FromDays(1));
        var both = await Task.WhenAll(ClaimAsync(host, "q1", member), ClaimAsync(host, "q1", other));
        Assert.Single(both, claim => claim.Refusal is null);
        Assert.Single(both, claim => claim.Refusal?.Code == "nothing_to_claim");
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Guessing_ends_after_so_many_wrong_tries_an_hour_and_stops_nobody_else()
    {
        await using var host = await StartAsync(9, 3);
        var (member, other) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await KeepAsync(host, 3);
        await ClaimAsync(host, "p1", other);

        var wrong = new List<string?>
        {
            (await ClaimAsync(host, "x1", member)).Refusal?.Code,
            (await ClaimAsync(host, "p1", member)).Refusal?.Code,
        };
        host.Time.Advance(TimeSpan.FromMinutes(30));
        wrong.Add((await ClaimAsync(host, "x2", member, dryRun: true)).Refusal?.Code);
        var stopped = await ClaimAsync(host, "p2", member);
        var elsewhere = await ClaimAsync(host, "p2", member, actor: "till-2");
        var others = await ClaimAsync(host, "p3", other);
        host.Time.Advance(TimeSpan.FromMinutes(29));
        var still = await ClaimAsync(host, "p2", member);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        var again = await ClaimAsync(host, "p2", member);

        Assert.Equal(Enumerable.Repeat("nothing_to_claim", 3), wrong);
        Assert.Equal(("claim_limited", "claim_limited"), (stopped.Refusal?.Code, still.Refusal?.Code));
        Assert.All((DeskAnswer[])[elsewhere, others, again], answer => Assert.Null(answer.Refusal));
    }

    /// <summary>Step and crash: the member's entry, the identity's; before it is durable, and after.
    /// </summary>
    [Theory]
    [InlineData(0, false, false)]
    [InlineData(0, true, true)]
    [InlineData(1, false, true)]
    [InlineData(1, true, true)]
    public async Task A_crash_at_any_step_gives_the_receipt_to_one_member_once(
        int step, bool isWritten, bool isClaimed)
    {
        MemberId member = default, other = default;
        var (journal, time) = await Death.OfAsync(
            static (journal, time) => StartAsync(2, 20, journal, time), step, isWritten, async host =>
            {
                (member, other) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
                await KeepAsync(host, 3);
            },
            host => ClaimAsync(host, "p1", member));

        await using var after = await StartAsync(2, 20, journal, time);
        var others = await ClaimAsync(after, "p1", other);
        var repeat = await ClaimAsync(after, "p1", member);

        Assert.Equal(isClaimed ? "nothing_to_claim" : null, others.Refusal?.Code);
        Assert.Equal(isClaimed ? null : "nothing_to_claim", repeat.Refusal?.Code);
        var (owner, rest) = isClaimed ? (member, other) : (other, member);
        Assert.Equal((5, 0), (await after.BalanceAsync(owner), await after.BalanceAsync(rest)));
        Assert.Equal(1, Assert.Single((await after.ReadAsync(owner)).Limits).Times);
        Assert.Null((await ClaimAsync(after, "p2", owner)).Refusal);
        Assert.Equal("claim_limited", (await ClaimAsync(after, "p3", owner)).Refusal?.Code);
        await after.AssertCleanAsync();
    }

    [Fact]
    public async Task Whose_phone_it_was_gets_only_what_nobody_has_claimed()
    {
        await using var host = await StartAsync(2, 20);
        var member = await host.RegisterAsync(1);
        await KeepAsync(host, 2);
        await ClaimAsync(host, "p1", member);

        var owner = await host.RegisterAsync(9);

        Assert.Equal((5, 5), (await host.BalanceAsync(member), await host.BalanceAsync(owner)));
        Assert.Empty((await host.ReadAsync(owner)).Limits);
        await host.AssertCleanAsync();
    }

    private static Task<EngineHost> StartAsync(int perDay, int wrongPerHour) =>
        StartAsync(perDay, wrongPerHour, new MemoryJournal(), new ManualTime());

    private static Task<EngineHost> StartAsync(
        int perDay, int wrongPerHour, IJournal journal, ManualTime time) =>
        EngineHost.StartAsync(journal, time, programme: TestProgramme.Claiming(perDay, wrongPerHour));

    /// <summary>Purchases of 5 yuan by a phone that nobody has.</summary>
    private static async Task KeepAsync(EngineHost host, int count, string name = "p")
    {
        for (var i = 1; i <= count; i++)
            await host.BuyAsync($"{name}{i}", 9, 5);
    }

    private static Task<DeskAnswer> ClaimAsync(
        EngineHost host, string id, MemberId member, bool dryRun = false, string actor = "test") =>
        host.Engine.Desk.ClaimEventAsync(
            "till", id, member, host.Call() with { DryRun = dryRun, Actor = actor }, default)
            .WaitAsync(EngineHost.Patience);
}
