using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Grains.Tests.Journal;
using MallVip.Rules.Checking;
using MallVip.Rules.Programmes.Comparing;
using MallVip.Silo.Verify;
using MallVip.System.Tests.Engine;

namespace MallVip.System.Tests.Publishing;

/// <summary>Drafts, publishes and rollbacks on the real engine.</summary>
public sealed class PublishTests
{
    [Fact]
    public async Task The_next_purchase_follows_a_publish_and_a_rollback_brings_the_old_rule_back()
    {
        await using var host = await PublishingHost.StartAsync();
        await host.RegisterAsync();
        var first = host.Programmes.Current.Version;

        Assert.Equal(1, await host.PointsPerYuanAsync());
        var published = await host.PublishAsync(2, expected: first);
        Assert.Null(published.Refusal);
        Assert.Equal(2, await host.PointsPerYuanAsync());
        Assert.Null((await host.RollbackAsync(first[..10])).Refusal);
        Assert.Equal(1, await host.PointsPerYuanAsync());

        var history = await host.Desk.HistoryAsync();
        Assert.Equal(
            [(PublishedHow.First, "file"), (PublishedHow.Published, "anna"),
                (PublishedHow.RolledBack, "anna")],
            history.Publications.Select(made => (made.How, made.Author)));
        Assert.Equal(
            [null, first, published.Publication!.Version], history.Publications.Select(made => made.Parent));
        var change = Assert.Single(published.Changes, change => change.What == "rule");
        Assert.Equal((ChangeKind.Changed, "points/base"), (change.Change, change.Id));
    }

    [Fact]
    public async Task Of_two_who_publish_at_once_one_wins_and_the_other_is_told_what_changed()
    {
        await using var host = await PublishingHost.StartAsync();
        var seen = host.Programmes.Current.Version;

        var outcomes = await Task.WhenAll(host.PublishAsync(2, seen), host.PublishAsync(3, seen));

        var lost = Assert.Single(outcomes, outcome => outcome.Refusal is not null);
        var won = Assert.Single(outcomes, outcome => outcome.Refusal is null);
        Assert.Equal(("programme_changed", 412), (lost.Refusal!.Code, lost.Refusal.Status));
        Assert.Equal(won.Publication, lost.Publication);
        Assert.Contains(lost.Changes, change => change is { What: "rule", Id: "points/base" });
        Assert.Equal(won.Publication!.Version, host.Programmes.Current.Version);
    }

    [Fact]
    public async Task A_late_beginning_of_the_history_does_not_undo_the_publish_that_overtook_it()
    {
        await using var host = await PublishingHost.StartAsync();
        var first = host.Programmes.Current.Version;
        var published = await host.PublishAsync(2);

        var late = await host.Engine.Grains.GetGrain<IProgrammeGrain>(PublishRequest.Grain).Publish(
            new() { Version = first, Author = "file", How = PublishedHow.First });

        Assert.Equal(PublishStatus.Unchanged, late.Status);
        Assert.Equal(published.Publication!.Version, (await host.Desk.HistoryAsync()).Head!.Version);
    }

    [Fact]
    public async Task A_draft_with_a_failing_case_or_a_mistake_is_not_published()
    {
        await using var host = await PublishingHost.StartAsync();
        var files = PublishingHost.Files(1).Texts;
        var bad = await host.Desk.DraftAsync(Rules.Programmes.Loading.ProgrammeFiles.Of(files.SetItem(
            "points.yaml",
            files["points.yaml"].Replace("points: 1 }", "points: 7 }", StringComparison.Ordinal))));

        var outcome = await host.Desk.PublishAsync(new() { Version = bad.Id, Call = host.Call() });

        Assert.False(bad.IsGood);
        Assert.Equal("programme_not_publishable", outcome.Refusal!.Code);
        Assert.Contains(outcome.Diagnostics, finding => finding.Code == "CASE_WALLET_DIFFERS");
        Assert.Equal("draft_not_found", (await host.Desk.PublishAsync(
            new() { Version = new('0', 64), Call = host.Call() })).Refusal!.Code);
        Assert.Equal("version_not_found", (await host.RollbackAsync("12345678")).Refusal!.Code);
    }

    [Fact]
    public async Task A_wallet_does_not_vanish_unless_it_is_allowed_by_name()
    {
        await using var host = await PublishingHost.StartAsync();
        var two = await host.Desk.DraftAsync(PublishingHost.Files(1, "points: {}\n  bonus: {}"));
        Assert.Null((await host.Desk.PublishAsync(new() { Version = two.Id, Call = host.Call() })).Refusal);
        var one = await host.DraftAsync(2);

        var refused = await host.Desk.PublishAsync(new() { Version = one, Call = host.Call() });
        var allowed = await host.Desk.PublishAsync(
            new() { Version = one, Allow = ["wallet:bonus"], Call = host.Call() });

        Assert.Equal("programme_not_publishable", refused.Refusal!.Code);
        var finding = Assert.Single(refused.Diagnostics);
        Assert.Equal(("WALLET_REMOVED", Severity.Error), (finding.Code, finding.Severity));
        Assert.Contains("wallet:bonus", finding.Hint(Language.English), StringComparison.Ordinal);
        Assert.Null(allowed.Refusal);
        Assert.Equal(Severity.Warning, Assert.Single(allowed.Diagnostics).Severity);
    }

    [Fact]
    public async Task The_same_key_publishes_once_and_other_content_under_it_is_refused()
    {
        await using var host = await PublishingHost.StartAsync();
        var first = await host.PublishAsync(2, key: "once");
        await host.PublishAsync(3);

        var again = await host.PublishAsync(2, key: "once");
        var other = await host.PublishAsync(4, key: "once");

        Assert.Equal(PublishStatus.Duplicate, again.Status);
        Assert.Equal(first.Publication, again.Publication);
        Assert.Equal("idempotency_key_reused", other.Refusal!.Code);
        Assert.Equal(3, (await host.Desk.HistoryAsync()).Publications.Count);
    }

    [Fact]
    public async Task After_a_restart_the_last_publish_is_in_force_and_the_audit_is_clean()
    {
        using var folder = new TempFolder();
        await using (var host = await PublishingHost.StartAsync(SqliteJournal.Open(folder.Path)))
        {
            await host.RegisterAsync();
            await host.PublishAsync(5);
            Assert.Equal(5, await host.PointsPerYuanAsync());
        }

        await using (var host = await PublishingHost.StartAsync(SqliteJournal.Open(folder.Path)))
            Assert.Equal(PublishingHost.Files(5).Version(), host.Programmes.Current.Version);

        await using var journal = SqliteJournalReader.Open(folder.Path);
        var audit = await Auditor.RunAsync(journal, null, default);
        Assert.True(audit.IsClean, string.Join('\n', audit.LedgerProblems));
    }

    [Fact]
    public async Task A_version_takes_effect_at_its_instant_and_not_before()
    {
        await using var host = await PublishingHost.StartAsync();
        await host.RegisterAsync();
        var news = new List<NewsKind>();
        host.News.Told += (_, notice) => news.Add(notice.Kind);

        await host.PublishAsync(2, at: host.Now.AddHours(1));
        host.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(1, await host.PointsPerYuanAsync());
        host.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal([NewsKind.Published, NewsKind.InForce], news);
        Assert.Equal(2, await host.PointsPerYuanAsync());
    }

    [Fact]
    public async Task An_event_finishes_on_the_version_that_it_was_read_by()
    {
        await using var host = await PublishingHost.StartAsync();
        var before = host.Programmes.Current;

        await host.PublishAsync(2);

        Assert.Same(before, await host.Programmes.ForAsync(before.Version));
        Assert.NotSame(before, await host.Programmes.ForAsync(null));
    }

    [Fact]
    public async Task A_silo_that_could_not_load_what_is_due_refuses_writes()
    {
        await using var host = await PublishingHost.StartAsync();
        await host.RegisterAsync();
        var history = (await host.Desk.BeginAsync()).Apply(
            new ProgrammeFact.Published(
                new('f', 64), null, PublishedHow.Published, host.Now.AddHours(1), null),
            "other silo", host.Now);

        await host.Programmes.FollowAsync(history);
        Assert.Equal(1, await host.PointsPerYuanAsync());
        host.Time.Advance(TimeSpan.FromHours(1));
        var answer = await host.Engine.Intake.AcceptAsync(
            Till.Purchase("late", Till.Phone(1), 1, host.Now), new() { Actor = "test" }, default);

        Assert.Equal("try_again", answer.Refusal!.Code);
        Assert.Equal(new('f', 64), host.Programmes.Missing);
        Assert.Single(host.Programmes.Shown.Rules);
    }
}
