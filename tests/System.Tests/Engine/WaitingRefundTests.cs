using MallVip.Grains.Desk;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Engine;

/// <summary>Refunds that come before their purchase, in the whole engine.</summary>
public sealed class WaitingRefundTests
{
    [Fact]
    public async Task A_refund_before_its_purchase_is_answered_with_a_warning_and_settles_with_it()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);

        var early = await host.SendAsync(Refund(host, "b", "R1", 40));
        Assert.Equal(EventStatus.Accepted, early.Status);
        Assert.True(early.Outcome!.Waits);
        Assert.Equal("refund_waits", Assert.Single(early.Outcome.Warnings).Code);

        var bought = await host.SendAsync(Purchase(host, "p", "R1", 100));
        Assert.Equal(40, Assert.Single(bought.Outcome!.Reversed).Points.Value);
        Assert.Equal(60, await host.BalanceAsync(member));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Repeats_of_both_change_nothing_and_say_what_was_said()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        byte[][] sent = [Refund(host, "b", "R1", 40), Purchase(host, "p", "R1", 100)];
        var first = new List<string>();
        foreach (var json in sent)
            first.Add(Outcomes.Text(await host.SendAsync(json)));

        for (var i = 0; i < 2; i++)
        {
            var again = await host.SendAsync(sent[i]);
            Assert.Equal(EventStatus.Duplicate, again.Status);
            Assert.Equal(first[i], Outcomes.Text(again));
        }

        Assert.Equal(60, await host.BalanceAsync(member));
    }

    [Fact]
    public async Task Sent_at_once_in_any_order_every_pair_ends_the_same()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        var sending = new List<Task<EventAnswer>>();
        for (var i = 0; i < 30; i++)
        {
            sending.Add(host.SendAsync(Refund(host, $"b{i}", $"R{i}", 40)));
            sending.Add(host.SendAsync(Purchase(host, $"p{i}", $"R{i}", 100)));
        }

        var answers = await Task.WhenAll(sending);
        Assert.All(answers, answer => Assert.Equal(EventStatus.Accepted, answer.Status));
        Assert.Equal(30 * 60, await host.BalanceAsync(member));
        Assert.Equal(30 * 40, answers.Sum(answer => answer.Outcome!.Reversed.Sum(back => back.Points.Value)));
        Assert.Empty((await host.ReadAsync(member)).Parked);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_refund_for_nobody_yet_waits_at_its_identity_and_then_for_its_purchase()
    {
        await using var host = await EngineHost.StartAsync();
        Assert.Equal(EventStatus.Unclaimed, (await host.SendAsync(Refund(host, "b", "R1", 40))).Status);
        var member = await host.RegisterAsync(1);
        await host.UntilAsync(member, state => state.Parked.Length == 1);

        await host.SendAsync(Purchase(host, "p", "R1", 100));
        Assert.Equal(60, await host.BalanceAsync(member));
    }

    [Fact]
    public async Task A_dry_run_says_that_it_would_wait_and_leaves_nothing()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);
        var dry = await host.Engine.Intake.AcceptAsync(
            Refund(host, "b", "R1", 40), new() { Actor = "till", DryRun = true }, default);
        Assert.Equal("refund_waits", Assert.Single(dry.Outcome!.Warnings).Code);
        Assert.Empty((await host.ReadAsync(member)).Parked);
        Assert.Single(await host.HistoryAsync(member));
    }

    [Fact]
    public async Task A_timer_gives_it_up_after_thirty_days()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var member = await host.RegisterAsync(1);
        await host.SendAsync(Refund(host, "b", "R1", 40));

        host.Time.Advance(TimeSpan.FromDays(30));
        await host.UntilAsync(member, state => state.Parked.IsEmpty);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Another_members_purchase_of_the_receipt_is_reached_by_the_refund()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var (waits, buys) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await host.SendAsync(Refund(host, "b", "R1", 40));
        await host.SendAsync(Bought(host, 2, "p", "R1"));
        Assert.Equal(100, await host.BalanceAsync(buys));

        host.Time.Advance(TimeSpan.FromMinutes(1));
        await host.UntilAsync(waits, state => state.Parked.IsEmpty);

        Assert.Equal((0, 60), (await host.BalanceAsync(waits), await host.BalanceAsync(buys)));
        Assert.Equal(["refund_moved"], await WarningsAsync(host, waits));
        host.Time.Advance(TimeSpan.FromDays(31));
        await host.UntilAsync(buys, state => state.Available("points").Value == 0);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task It_is_looked_for_again_and_again_until_the_purchase_comes()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var (waits, buys) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await host.SendAsync(Refund(host, "b", "R1", 40));
        var look = (await host.ReadAsync(waits)).Parked[0].LookAt;
        Assert.Equal(host.Now.AddMinutes(1), look);

        for (var i = 0; i < 6; i++)
        {
            host.Time.Advance(look!.Value - host.Now);
            await host.UntilAsync(waits, state => state.Parked[0].LookAt > look);
            look = (await host.ReadAsync(waits)).Parked[0].LookAt;
        }

        Assert.InRange(look!.Value - host.Now, TimeSpan.FromMinutes(31), TimeSpan.FromMinutes(40));
        await host.SendAsync(Bought(host, 2, "p", "R1"));
        host.Time.Advance(TimeSpan.FromMinutes(40));
        await host.UntilAsync(waits, state => state.Parked.IsEmpty);
        Assert.Equal(60, await host.BalanceAsync(buys));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_refund_that_was_sent_again_when_the_purchase_had_come_counts_once()
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var (waits, buys) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await host.SendAsync(Refund(host, "b", "R1", 40));
        await host.SendAsync(Bought(host, 2, "p", "R1"));
        var again = Till.Refund("b-again", Till.Phone(1), 40, host.Now, "noodles", "R1", "Bb");
        Assert.Equal(40, Assert.Single((await host.SendAsync(again)).Outcome!.Reversed).Points.Value);

        host.Time.Advance(TimeSpan.FromMinutes(1));
        await host.UntilAsync(waits, state => state.Parked.IsEmpty);

        Assert.Equal(60, await host.BalanceAsync(buys));
        Assert.Equal(["refund_dropped"], await WarningsAsync(host, waits));
        await host.AssertCleanAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_who_have_become_one_settle_what_waits_with_a_purchase_that_is_there(bool turned)
    {
        await using var host = await EngineHost.StartAsync(background: true);
        var (waits, buys) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await host.SendAsync(Refund(host, "b", "R1", 40));
        await host.SendAsync(Bought(host, 2, "p", "R1"));
        var (from, into) = turned ? (buys, waits) : (waits, buys);

        await MergeAsync(host, from, into);

        Assert.All((await host.ReadAsync(into)).Parked, parked => Assert.True(parked.LookAt <= host.Now));
        await host.UntilAsync(into, state => state.Parked.IsEmpty);
        Assert.Equal(60, await host.BalanceAsync(into));
        Assert.Empty(await WarningsAsync(host, into));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task After_a_merge_the_purchase_of_who_goes_on_settles_it_in_its_entry()
    {
        await using var host = await EngineHost.StartAsync();
        var (waits, buys) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await host.SendAsync(Refund(host, "b", "R1", 40));
        await MergeAsync(host, waits, buys);

        var bought = await host.SendAsync(Bought(host, 2, "p", "R1"));

        Assert.Equal(40, Assert.Single(bought.Outcome!.Reversed).Points.Value);
        Assert.Equal(60, await host.BalanceAsync(buys));
        await host.AssertCleanAsync();
    }

    [Theory]
    [MemberData(nameof(Death.Steps), 2, MemberType = typeof(Death))]
    public async Task A_silo_that_ends_while_the_refund_goes_over_takes_it_back_once(
        int batch, bool takesLast)
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        var mortal = new MortalJournal(journal);
        MemberId waits;
        MemberId buys;
        await using (var host = await EngineHost.StartAsync(mortal, time))
        {
            (waits, buys) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
            await host.SendAsync(Refund(host, "b", "R1", 40));
            await host.SendAsync(Bought(host, 2, "p", "R1"));
            time.Advance(TimeSpan.FromMinutes(1));
            mortal.DieAt(batch, takesLast);
            var failure = await Record.ExceptionAsync(host.Member(waits).Poke);
            // The last entry of all is found when the member is read again.
            Assert.Equal(batch == 1 && takesLast, failure is null);
        }

        await using var next = await EngineHost.StartAsync(journal, time);
        await next.Member(waits).Poke();
        await next.Member(waits).Poke();

        Assert.Empty((await next.ReadAsync(waits)).Parked);
        Assert.Equal((0, 60), (await next.BalanceAsync(waits), await next.BalanceAsync(buys)));
        Assert.Equal(["refund_moved"], await WarningsAsync(next, waits));
        await next.AssertCleanAsync();
    }

    private static async Task MergeAsync(EngineHost host, MemberId from, MemberId into)
    {
        var desk = host.Engine.Services.GetRequiredService<MergeDesk>();
        Assert.Null((await desk.MergeAsync(from, into, "the same person", host.Call(), default)).Refusal);
    }

    /// <summary>All that the member was warned of since its refund began to wait.</summary>
    private static async Task<string[]> WarningsAsync(EngineHost host, MemberId member) =>
    [
        .. (await host.HistoryAsync(member)).SelectMany(entry => entry.Body.Facts).OfType<Fact.Warned>()
            .Select(warned => warned.Code).Where(code => code != "refund_waits"),
    ];

    private static byte[] Bought(EngineHost host, int phone, string id, string receipt) =>
        Till.Purchase(id, Till.Phone(phone), 100, host.Now, "noodles", receipt);

    private static byte[] Refund(EngineHost host, string id, string receipt, int paid) =>
        Till.Refund(id, Till.Phone(1), paid, host.Now, "noodles", receipt);

    private static byte[] Purchase(EngineHost host, string id, string receipt, int paid) =>
        Till.Purchase(id, Till.Phone(1), paid, host.Now, "noodles", receipt);
}
