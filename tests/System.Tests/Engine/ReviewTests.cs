using MallVip.Grains.Desk;
using MallVip.Grains.Explaining;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Reviews;
using MallVip.Grains.Tests.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Commands;
using MallVip.Rules.Explaining;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.Rules.Reviews;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Engine;

/// <summary>Events under review: two operators at once, crashes at every step, merges, and the list of all.
/// </summary>
public sealed class ReviewTests
{
    private static readonly Programme Guarded = TestProgramme.With("""
        ruleset: test
        rules:
          base:
            on: mall.purchase
            earn: { wallet: points, amount: event.paid }
          gift:
            on: mall.purchase
            earn: { wallet: gifts, amount: event.paid }
            budget: { total: 6000 }
          large:
            on: mall.purchase
            when: event.paid > 1000
            review: More than 1,000 at once
          shared:
            on: receipt.contested
            when: event.store.category == "dining"
            review: A receipt of somebody else
        """);

    [Fact]
    public async Task Of_two_operators_at_the_same_moment_one_is_heard_and_the_other_is_told()
    {
        await using var host = await StartAsync(new MemoryJournal(), new ManualTime());
        var member = await host.RegisterAsync(1);
        for (var round = 0; round < 20; round++)
        {
            await host.BuyAsync($"p{round}", 1, 2_000);
            var review = (await host.ReadAsync(member)).Reviews!.Open.Single().Id;

            var answers = await Task.WhenAll(
                EndAsync(host, member, review, ReviewEnd.Released, "anna", $"a{round}"),
                EndAsync(host, member, review, ReviewEnd.Rejected, "bo", $"b{round}"));

            var refused = Assert.Single(answers, answer => answer.Refusal is not null);
            Assert.Equal("review_ended", refused.Refusal!.Code);
            Assert.Empty((await host.ReadAsync(member)).Reviews!.Open);
        }

        var wallet = (await host.ReadAsync(member)).FindWallet("points")!;
        Assert.Equal((0, 40_000), (wallet.Pending.Value, (wallet.Balance + wallet.Reversed).Value));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task The_same_word_of_two_and_a_repeat_of_one_change_nothing()
    {
        await using var host = await StartAsync(new MemoryJournal(), new ManualTime());
        var member = await host.RegisterAsync(1);
        await host.BuyAsync("p", 1, 2_000);
        var review = (await host.ReadAsync(member)).Reviews!.Open.Single().Id;

        var own = await EndAsync(host, member, review, ReviewEnd.Released, "test", "x");
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => EndAsync(
            host, member, review, ReviewEnd.Released, i % 2 == 0 ? "anna" : "bo", $"k{i / 4}")));

        Assert.Equal("own_review", own.Refusal?.Code);
        Assert.All(answers, answer => Assert.Null(answer.Refusal));
        Assert.Equal(2_000, await host.BalanceAsync(member));
        var ended = (await host.HistoryAsync(member)).Where(
            entry => entry.Body.Facts.Any(fact => fact is Fact.ReviewEnded));
        Assert.Contains(Assert.Single(ended).Actor, (string[])["anna", "bo"]);
        await host.AssertCleanAsync();
    }

    /// <summary>Step and crash: the purchase, the rejection; before the step's entry is durable, and after.
    /// What was not answered is sent again and counts once.</summary>
    [Theory]
    [MemberData(nameof(Death.Steps), 2, MemberType = typeof(Death))]
    public async Task A_crash_at_any_step_leaves_the_points_held_or_taken_back_and_nothing_between(
        int step, bool isWritten)
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        MemberId member;
        var mortal = new MortalJournal(journal);
        await using (var host = await StartAsync(mortal, time))
        {
            member = await host.RegisterAsync(1);
            if (step == 0)
                mortal.DieAt(0, isWritten);
            var bought = await host.BuyAsync("p", 1, 2_000);
            Assert.Equal(step == 0, bought.Refusal is not null);
            if (step == 1)
            {
                var review = (await host.ReadAsync(member)).Reviews!.Open.Single().Id;
                mortal.DieAt(0, isWritten);
                Assert.NotNull(await Record.ExceptionAsync(
                    () => EndAsync(host, member, review, ReviewEnd.Rejected, "anna", "k1")));
            }
        }

        await using var next = await StartAsync(journal, time);
        await next.BuyAsync("p", 1, 2_000);
        var open = (await next.ReadAsync(member)).Reviews!.Open;
        Assert.Equal(step == 1 && isWritten ? 0 : 1, open.Length);
        var name = (await next.HistoryAsync(member)).SelectMany(entry => entry.Body.Facts)
            .OfType<Fact.ReviewOpened>().Single().Review.Id;
        var again = await EndAsync(next, member, name, ReviewEnd.Rejected, "anna", "k1");

        Assert.True(again.Refusal is null, again.Refusal?.Detail);
        var wallet = (await next.ReadAsync(member)).FindWallet("points")!;
        Assert.Equal(
            (0, 0, 2_000), (wallet.Balance.Value, wallet.Pending.Value, (int)wallet.Reversed.Value));
        await next.AssertCleanAsync();
    }

    [Fact]
    public async Task Rejected_points_may_be_given_again_from_the_budget()
    {
        await using var host = await StartAsync(new MemoryJournal(), new ManualTime());
        var (member, other) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await host.BuyAsync("p", 1, 6_000);
        await host.BuyAsync("q", 2, 900);
        Assert.Equal(0, await host.BalanceAsync(other, "gifts"));

        var review = (await host.ReadAsync(member)).Reviews!.Open.Single().Id;
        await EndAsync(host, member, review, ReviewEnd.Rejected, "anna", "k1");
        await host.BuyAsync("r", 2, 800);

        Assert.Equal(800, await host.BalanceAsync(other, "gifts"));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_merge_takes_open_reviews_along_and_the_list_of_all_follows()
    {
        await using var host = await StartAsync(new MemoryJournal(), new ManualTime());
        var board = host.Engine.Services.GetRequiredService<ReviewBoard>();
        var (old, member) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await host.BuyAsync("a", 1, 3_000);
        await host.BuyAsync("b", 2, 2_000);
        await host.BuyAsync("c", 2, 20);
        Assert.Equal(
            [(old, "a"), (member, "b")],
            (await board.ReadAsync(default)).Select(open => (open.Member, open.Review.Event)));

        var merged = await host.Engine.Services.GetRequiredService<MergeDesk>().MergeAsync(
            old, member, "one", host.Call(), default).WaitAsync(EngineHost.Patience);
        Assert.True(merged.Refusal is null, merged.Refusal?.Detail);
        var open = await board.ReadAsync(default);
        Assert.Equal([(member, "a"), (member, "b")], open.Select(one => (one.Member, one.Review.Event)));

        // By the old member's id too: it leads to the other one.
        var ended = await EndAsync(host, old, open[0].Review.Id, ReviewEnd.Released, "anna", "k1");
        Assert.True(ended.Refusal is null, ended.Refusal?.Detail);
        Assert.Equal(3_020, await host.BalanceAsync(member));
        Assert.Equal("b", Assert.Single(await board.ReadAsync(default)).Review.Event);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Held_points_outlive_a_restart_and_an_explanation_says_the_same_again()
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        MemberId member;
        await using (var host = await StartAsync(journal, time))
        {
            member = await host.RegisterAsync(1);
            await host.BuyAsync("p", 1, 2_000);
        }

        await using var next = await StartAsync(journal, time);
        var state = await next.ReadAsync(member);
        await EndAsync(next, member, state.Reviews!.Open.Single().Id, ReviewEnd.Rejected, "anna", "k1");
        var archive = next.Engine.Services.GetRequiredService<EntryArchive>();
        foreach (var entry in await next.HistoryAsync(member))
        {
            var past = await archive.ReadAsync(member, entry.Seq, default);
            Assert.True(EntryExplainer.Explain(past!).IsSame, $"Entry {entry.Seq}");
        }
    }

    [Fact]
    public async Task A_receipt_that_two_members_bring_is_told_of_the_second_once_and_of_nobody_elses_repeat()
    {
        await using var host = await StartAsync(new MemoryJournal(), new ManualTime());
        var (first, second) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await host.BuyAsync("a", 1, 30);
        Task<EventAnswer> BringAsync(int phone, string id) => host.SendAsync(
            Till.Purchase(id, Till.Phone(phone), 30, host.Now, "noodles", receipt: "Ra"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => BringAsync(2, $"b{i}")));
        var own = await BringAsync(1, "c");
        await BringAsync(2, "d");

        Assert.All(answers.Append(own), answer => Assert.Equal("receipt_known", answer.Refusal?.Code));
        Assert.Null((await host.ReadAsync(first)).Reviews);
        var review = Assert.Single((await host.ReadAsync(second)).Reviews!.Open);
        Assert.Equal(("noodles", "Ra"), (review.Store, review.Receipt));
        Assert.Empty(review.Lines);
        Assert.Equal(30, await host.BalanceAsync(first));
        Assert.Equal(0, await host.BalanceAsync(second));
        await host.AssertCleanAsync();
    }

    /// <summary>Before the note is durable, and after: it is there once either way, as the till tries again.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_while_a_shared_receipt_is_noted_leaves_it_noted_once(bool isWritten)
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        MemberId second;
        var mortal = new MortalJournal(journal);
        await using (var host = await StartAsync(mortal, time))
        {
            await host.RegisterAsync(1);
            second = await host.RegisterAsync(2);
            await host.BuyAsync("a", 1, 30);
            mortal.DieAt(0, isWritten);
            await Record.ExceptionAsync(() => host.SendAsync(
                Till.Purchase("b", Till.Phone(2), 30, host.Now, "noodles", receipt: "Ra")));
        }

        await using var next = await StartAsync(journal, time);
        var again = await next.SendAsync(
            Till.Purchase("b", Till.Phone(2), 30, next.Now, "noodles", receipt: "Ra"));

        Assert.Equal("receipt_known", again.Refusal?.Code);
        Assert.Single((await next.HistoryAsync(second)).SelectMany(entry => entry.Body.Facts)
            .OfType<Fact.ReceiptContested>());
        await next.AssertCleanAsync();
    }

    private static Task<EngineHost> StartAsync(IJournal journal, ManualTime time) =>
        EngineHost.StartAsync(journal, time, programme: Guarded);

    private static Task<DeskAnswer> EndAsync(
        EngineHost host, MemberId member, string review, ReviewEnd how, string actor, string key) =>
        host.Engine.Desk.CommandAsync(
            member, new MemberCommand.EndReview(review, how, "looked at it"),
            host.Call(key) with { Actor = actor }, default).WaitAsync(EngineHost.Patience);
}
