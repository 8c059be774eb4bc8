using MallVip.Grains.Budgets;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Budgets;
using MallVip.Rules.Programmes;
using MallVip.Silo.Verify;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Engine;

/// <summary>What all members together may get: never over it, and short only when nothing is left.</summary>
public sealed class BudgetTests
{
    private static readonly BudgetKey Gift = new("test/gift", DateOnly.MinValue);

    [Theory]
    [InlineData("skip")]
    [InlineData("partial")]
    public async Task Members_who_come_at_once_get_the_budget_to_the_last_point(string onShort)
    {
        await using var host = await StartAsync(1_003, onShort);
        await RegisterAsync(host, 50);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(
            i => host.BuyAsync($"p{i}", 1 + (i % 50), 10)));

        Assert.All(answers, answer => Assert.Equal(EventStatus.Accepted, answer.Status));
        Assert.Equal(onShort == "skip" ? 1_000 : 1_003, Given(answers));
        await AssertUsedAsync(host, 1_003, Given(answers));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_budget_that_runs_out_in_the_middle_of_a_batch_gives_to_the_lines_before()
    {
        await using var host = await StartAsync(105, "partial");
        await RegisterAsync(host, 1);
        var lines = Enumerable.Range(0, 30).Select(i =>
            (ReadOnlyMemory<byte>)Till.Purchase($"p{i}", Till.Phone(1), 10, host.Now));

        var answers = new List<EventAnswer>();
        await foreach (var answer in host.Engine.Intake.AcceptAllAsync(
            lines.ToAsyncEnumerable(), new() { Actor = "test" }, default))
            answers.Add(answer);

        Assert.All(answers, answer => Assert.Equal(EventStatus.Accepted, answer.Status));
        Assert.Equal(
            [.. Enumerable.Repeat(10L, 10), 5, .. Enumerable.Repeat(0L, 19)],
            answers.Select(answer => Given([answer])));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task What_a_silo_that_died_had_used_of_its_leases_is_counted_at_the_next_start()
    {
        var (store, time) = (new MemoryJournal(), new ManualTime());
        var given = 0L;
        for (var life = 0; life < 4; life++)
        {
            // Without background work no lease is ended when the silo goes, as after a kill.
            await using var host = await StartAsync(1_000, "skip", store, time);
            if (life == 0)
                await RegisterAsync(host, 10);
            given += Given(await Task.WhenAll(Enumerable.Range(0, 30).Select(
                i => host.BuyAsync($"p{life}-{i}", 1 + (i % 10), 10))));
            Assert.Equal(Math.Min(1_000, (life + 1) * 300), given);
            await AssertUsedAsync(host, 1_000, given);
            await host.AssertCleanAsync();
        }
    }

    [Fact]
    public async Task A_silo_that_stops_ends_its_leases()
    {
        var (store, time) = (new MemoryJournal(), new ManualTime());
        await using (var host = await StartAsync(1_000, "skip", store, time, background: true))
        {
            await RegisterAsync(host, 1);
            await host.BuyAsync("p", 1, 10);
            Assert.Single((await BooksOf(host)).Open);
        }

        await using var next = await StartAsync(1_000, "skip", store, time);
        var books = await BooksOf(next);
        Assert.Equal(10, books.Used);
        Assert.Empty(books.Open);
        await next.AssertCleanAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_store_that_fails_costs_no_point_and_gives_none_twice(bool afterCommit)
    {
        var (store, time) = (new MemoryJournal(), new ManualTime());
        await using (var host = await StartAsync(100, "partial", store, time))
        {
            await RegisterAsync(host, 10);
            for (var round = 0; round < 10; round++)
            {
                if (afterCommit)
                    host.Store.FailAfter(1, untellable: round % 3);
                else
                    host.Store.FailBefore(1 + (round % 3));
                await Task.WhenAll(Enumerable.Range(0, 10).Select(
                    i => host.BuyAsync($"p{round}-{i}", 1 + i, 1)));
            }

            await host.AssertCleanAsync();
        }

        await using var next = await StartAsync(100, "partial", store, time);
        await next.BuyAsync("rest", 1, 100);

        await AssertUsedAsync(next, 100, 100);
        await next.AssertCleanAsync();
    }

    [Fact]
    public async Task What_is_only_asked_or_refused_uses_nothing()
    {
        await using var host = await StartAsync(100, "skip");
        await RegisterAsync(host, 2);
        await host.BuyAsync("p", 1, 60);
        var purchase = Till.Purchase("q", Till.Phone(2), 50, host.Now);

        var supposed = await host.Engine.Intake.AcceptAsync(
            purchase, new() { Actor = "test", DryRun = true }, default);
        Assert.Equal(0, Given([supposed]));
        var known = await host.SendAsync(Till.Purchase("r", Till.Phone(2), 40, host.Now, receipt: "Rp"));
        Assert.Equal("receipt_known", known.Refusal?.Code);

        Assert.Equal(40, Given([await host.BuyAsync("s", 2, 40)]));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_test_key_uses_nothing()
    {
        await using var host = await StartAsync(100, "skip");
        await RegisterAsync(host, 2);
        var purchase = Till.Purchase("q", Till.Phone(1), 100, host.Now);

        var tried = await host.Engine.Intake.AcceptAsync(purchase, new() { Actor = "test:till" }, default);

        Assert.Equal(100, Given([tried]));
        Assert.Equal(100, Given([await host.BuyAsync("p", 2, 100)]));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_refund_lets_others_have_what_came_back()
    {
        await using var host = await StartAsync(100, "skip");
        await RegisterAsync(host, 2);
        await host.BuyAsync("p", 1, 100);
        Assert.Equal(0, Given([await host.BuyAsync("q", 2, 1)]));

        await host.SendAsync(Till.Refund("back", Till.Phone(1), 70, host.Now, "noodles", "Rp"));

        Assert.Equal(70, Given([await host.BuyAsync("r", 2, 70)]));
        Assert.Equal(0, Given([await host.BuyAsync("s", 2, 1)]));
        await AssertUsedAsync(host, 100, 100);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task An_old_lease_is_renewed_and_an_idle_one_is_ended()
    {
        await using var host = await StartAsync(1_000, "skip", background: true);
        await RegisterAsync(host, 1);
        await host.BuyAsync("p", 1, 10);
        var first = Assert.Single((await BooksOf(host)).Open).Number;
        host.Time.Advance(TimeSpan.FromSeconds(61));
        await host.BuyAsync("q", 1, 10);
        var books = await BooksOf(host);
        Assert.True(books.Open.IsEmpty || books.Open[0].Number > first, "The lease was not renewed.");

        host.Time.Advance(TimeSpan.FromSeconds(90));
        await Waiting.ForAsync(async () => (await BooksOf(host)).Open.IsEmpty);
        Assert.Equal(20, (await BooksOf(host)).Used);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task An_auditor_finds_a_use_that_was_never_lent()
    {
        await using var host = await StartAsync(100, "skip");
        await RegisterAsync(host, 1);
        await host.BuyAsync("p", 1, 60);
        var audit = new BudgetAudit();
        var page = await host.Store.TailAsync(TailPosition.Start, 100);
        foreach (var entry in page.Entries.Where(entry => entry.Grain.Kind == GrainKind.Member))
            audit.VisitMember(entry, Rules.Journaling.JournalJson.ReadFacts(entry.Body.Span));

        Assert.Contains("budget_lease", Assert.Single(audit.Problems), StringComparison.Ordinal);
    }

    private static Task<EngineHost> StartAsync(
        long total, string onShort, IJournal? store = null, ManualTime? time = null,
        bool background = false) => EngineHost.StartAsync(
            store ?? new MemoryJournal(), time ?? new ManualTime(), background, Programme(total, onShort));

    private static Programme Programme(long total, string onShort) => TestProgramme.With($$"""
        ruleset: test
        rules:
          gift:
            on: mall.purchase
            earn: { wallet: points, amount: event.paid }
            budget: { total: {{total}}, on-short: {{onShort}} }
        """);

    private static async Task RegisterAsync(EngineHost host, int members)
    {
        for (var phone = 1; phone <= members; phone++)
            await host.RegisterAsync(phone);
    }

    private static long Given(IEnumerable<EventAnswer> answers) =>
        answers.Sum(answer => answer.Outcome?.Lines.Sum(line => line.Points.Value) ?? 0);

    private static Task<BudgetReading> BooksOf(EngineHost host) =>
        host.Engine.Grains.GetGrain<IBudgetGrain>(BudgetName.ToGrain(Gift)).Read();

    private static async Task AssertUsedAsync(EngineHost host, long total, long used)
    {
        var leases = host.Engine.Services.GetRequiredService<BudgetLeases>();
        Assert.Equal((used, total - used), await leases.ReadAsync(Gift, total));
    }
}
