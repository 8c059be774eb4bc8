using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Grains.Tests.Journal.Postgres;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.System.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Postgres;

/// <summary>
/// Two silos on one database that know nothing of each other: each has every grain alive at once, which a
/// cluster has only while it is torn apart. What keeps events, budgets and rules whole then is the journal's.
/// </summary>
public sealed class SharedJournalTests
{
    [PostgresFact]
    public async Task An_event_that_reaches_two_silos_at_once_counts_once()
    {
        await using var pair = await Pair.OpenAsync(TestProgramme.Instance);
        var members = new List<MemberId>();
        for (var phone = 1; phone <= 20; phone++)
            members.Add(await pair.One.RegisterAsync(phone));

        var sent = Enumerable.Range(0, 200).SelectMany(i => pair.Both.Select(
            silo => silo.BuyAsync($"p{i}", 1 + (i % 20), 10))).ToArray();
        var answers = await Task.WhenAll(sent);

        Assert.Equal(200, answers.Count(answer => answer.Status == EventStatus.Accepted));
        Assert.Equal(200, answers.Count(answer => answer.Status == EventStatus.Duplicate));
        Assert.All(pair.Both, silo => Assert.Equal(0, silo.Engine.Set.Keys.Clashes));
        await pair.ReopenAsync();
        foreach (var member in members)
            Assert.Equal(100, await pair.One.BalanceAsync(member));
        await pair.One.AssertCleanAsync();
    }

    [PostgresFact]
    public async Task A_repeat_at_another_silo_is_known_at_once_and_long_after()
    {
        await using var pair = await Pair.OpenAsync(TestProgramme.Instance);
        await pair.One.RegisterAsync(1);
        var first = await pair.One.BuyAsync("p", 1, 10);

        var repeated = await pair.Other.BuyAsync("p", 1, 10);
        foreach (var silo in pair.Both)
            await silo.Engine.Set.Keys.FlushAsync();
        var later = await pair.Other.BuyAsync("p", 1, 10);

        Assert.Equal(EventStatus.Accepted, first.Status);
        Assert.Equal((EventStatus.Duplicate, EventStatus.Duplicate), (repeated.Status, later.Status));
        await pair.One.AssertCleanAsync();
    }

    [PostgresFact]
    public async Task The_same_key_for_two_members_at_two_silos_is_told_by_both_and_by_the_audit()
    {
        await using var pair = await Pair.OpenAsync(TestProgramme.Instance);
        await pair.One.RegisterAsync(1);
        await pair.One.RegisterAsync(2);
        await Task.WhenAll(pair.One.BuyAsync("a", 1, 10), pair.Other.BuyAsync("b", 2, 10));

        var isTwice = false;
        for (var i = 0; i < 1_000 && !isTwice; i++)
        {
            var answers = await Task.WhenAll(
                pair.One.BuyAsync($"p{i}", 1, 10), pair.Other.BuyAsync($"p{i}", 2, 10));
            isTwice = Array.TrueForAll(answers, answer => answer.Status == EventStatus.Accepted);
        }

        // The event's key and its receipt's.
        Assert.Equal(2, await TwiceAsync(pair));
        await Waiting.ForAsync(() => Array.TrueForAll(pair.Both, silo => silo.Engine.Set.Keys.Clashes == 2));
    }

    [PostgresFact]
    public async Task A_budget_is_given_to_the_last_point_by_two_silos_and_never_over()
    {
        await using var pair = await Pair.OpenAsync(Gift(1_003));
        for (var phone = 1; phone <= 20; phone++)
            await pair.One.RegisterAsync(phone);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).SelectMany(
            i => new[]
            {
                pair.One.BuyAsync($"p{i}", 1 + (i % 10), 4),
                pair.Other.BuyAsync($"q{i}", 11 + (i % 10), 4),
            }));

        Assert.All(answers, answer => Assert.Equal(EventStatus.Accepted, answer.Status));
        Assert.Equal(1_003, answers.Sum(
            answer => answer.Outcome?.Lines.Sum(line => line.Points.Value) ?? 0));
        await pair.One.AssertCleanAsync();
    }

    [PostgresFact]
    public async Task What_one_silo_publishes_decides_at_the_other_from_its_instant_on()
    {
        await using var pair = await Pair.OpenAsync(Gift(1_000_000), background: true);
        await pair.One.RegisterAsync(1);
        var desk = pair.One.Engine.Services.GetRequiredService<PublicationDesk>();
        await desk.BeginAsync();

        var outcome = await desk.PublishFolderAsync(Doubled, pair.One.Programme.Version, PublishedHow.Edited);

        Assert.Equal(
            ProgrammeFollower.Grace, outcome.Publication!.EffectiveAt - outcome.Publication.PublishedAt);
        Assert.Equal(10, Given(await pair.Other.BuyAsync("p", 1, 10)));
        await Waiting.ForAsync(() => pair.Other.Engine.Set.Programmes.Waits(Doubled.Version));
        pair.Time.Advance(ProgrammeFollower.Grace);
        Assert.Equal(20, Given(await pair.Other.BuyAsync("q", 1, 10)));
        await pair.One.AssertCleanAsync();
    }

    [PostgresFact]
    public async Task What_follows_a_publish_is_left_to_the_silo_that_does_it_and_taken_over_when_it_ends()
    {
        await using var pair = await Pair.OpenAsync(TestProgramme.Instance, background: true);
        await Waiting.PatientlyAsync(async () => IsWhole(await MetaAsync(pair, "due-swept")));
        await using var third = await PostgresJournal.OpenAsync(
            new() { ConnectionString = pair.Connection, IsShared = true });
        var held = await third.TryTakeWorkAsync("due-swept");
        var before = await MetaAsync(pair, "due-swept");
        var desk = pair.One.Engine.Services.GetRequiredService<PublicationDesk>();
        await desk.BeginAsync();

        await desk.PublishFolderAsync(Away, pair.One.Programme.Version, PublishedHow.Edited);
        await Waiting.PatientlyAsync(() => pair.Other.Engine.Set.Programmes.Waits(Away.Version));
        pair.Time.Advance(ProgrammeFollower.Grace);
        await Waiting.PatientlyAsync(async () =>
        {
            await pair.One.BuyAsync("p", 1, 1);
            return await MetaAsync(pair, "settled-for") == Away.Version;
        });

        Assert.NotNull(held);
        Assert.Equal(before, await MetaAsync(pair, "due-swept"));
        await held.DisposeAsync();
        await Waiting.PatientlyAsync(async () =>
            await MetaAsync(pair, "due-swept") is var mark && mark != before && IsWhole(mark));
    }

    [PostgresFact]
    public async Task What_a_silo_took_into_its_inbox_and_left_there_is_delivered_by_another()
    {
        var time = new ManualTime();
        var connection = await PostgresCluster.CreateAsync();
        var member = default(MemberId);
        await using (var gone = await Pair.SiloAsync(connection, time, TestProgramme.Instance, false))
        {
            member = await gone.RegisterAsync(1);
            for (var i = 0; i < 10; i++)
                await gone.QueueAsync(Till.Purchase($"p{i}", Till.Phone(1), 10, gone.Now));
        }

        // Another silo came in between and has the number of the one that is gone.
        await using var between = await Pair.SiloAsync(connection, time, TestProgramme.Instance, false);
        await using var next = await Pair.SiloAsync(connection, time, TestProgramme.Instance, true);
        await between.DisposeAsync();

        await next.UntilAsync(member, state => state.FindWallet("points")?.Balance.Value == 100);
        await next.DeliveredAsync();
        await next.AssertCleanAsync();
    }

    [PostgresFact]
    public async Task What_one_silo_left_due_is_done_by_another()
    {
        await using var pair = await Pair.OpenAsync(TestProgramme.Instance);
        var member = await pair.One.RegisterAsync(1);
        await pair.One.BuyAsync("p", 1, 10);
        await using var third = await Pair.SiloAsync(
            pair.Connection, pair.Time, TestProgramme.Instance, background: true);

        pair.Time.Advance(TimeSpan.FromDays(40));

        await third.UntilAsync(member, state => state.FindWallet("points")?.Balance.Value == 0);
        await third.AssertCleanAsync();
    }

    private static bool IsWhole(string? mark) =>
        mark?.Contains($"\"done\":{IJournal.Shares}", StringComparison.Ordinal) == true;

    private static async Task<string?> MetaAsync(Pair pair, string name) =>
        await pair.One.Store.GetMetaAsync(name);

    private static Programme Away { get; } = TestProgramme.With("""
        ruleset: test
        rules:
          away: { on: member.inactive(30d), alert: { name: away } }
        """);

    /// <summary>How many keys stand twice.</summary>
    private static async Task<int> TwiceAsync(Pair pair)
    {
        var audit = await pair.One.AuditAsync();
        return audit.Journal.Problems.Count(problem => problem.Code == AuditCode.DuplicateKey);
    }

    private static Programme Doubled { get; } = TestProgramme.With("""
        ruleset: test
        rules:
          gift:
            on: mall.purchase
            earn: { wallet: points, amount: event.paid * 2 }
        """);

    private static Programme Gift(long total) => TestProgramme.With($$"""
        ruleset: test
        rules:
          gift:
            on: mall.purchase
            earn: { wallet: points, amount: event.paid }
            budget: { total: {{total}}, on-short: partial }
        """);

    private static long Given(EventAnswer answer) =>
        answer.Outcome?.Lines.Sum(line => line.Points.Value) ?? 0;

    private sealed class Pair : IAsyncDisposable
    {
        private Pair(string connection, ManualTime time) => (Connection, Time) = (connection, time);

        public string Connection { get; }

        public ManualTime Time { get; }

        public EngineHost One { get; private set; } = null!;

        public EngineHost Other { get; private set; } = null!;

        public EngineHost[] Both => [One, Other];

        public static async Task<Pair> OpenAsync(Programme programme, bool background = false)
        {
            var pair = new Pair(await PostgresCluster.CreateAsync(), new ManualTime());
            pair.One = await SiloAsync(pair.Connection, pair.Time, programme, background);
            pair.Other = await SiloAsync(pair.Connection, pair.Time, programme, background);
            return pair;
        }

        public static async Task<EngineHost> SiloAsync(
            string connection, ManualTime time, Programme programme, bool background) =>
            await EngineHost.StartAsync(
                await PostgresJournal.OpenAsync(new() { ConnectionString = connection, IsShared = true }),
                time, background, programme);

        /// <summary>Both in turn, so that nothing is in memory any more.</summary>
        public async Task ReopenAsync()
        {
            var programme = One.Programme;
            await One.DisposeAsync();
            One = await SiloAsync(Connection, Time, programme, background: false);
        }

        public async ValueTask DisposeAsync()
        {
            await One.DisposeAsync();
            await Other.DisposeAsync();
        }
    }
}
