using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal.Postgres;

/// <summary>Who may have a part in a database, and how others see that it is there.</summary>
public sealed class PostgresPartTests
{
    private const string Here = "10.0.0.1:11111";

    [PostgresFact]
    public async Task Silos_of_two_clusters_refuse_each_other_and_a_cluster_succeeds_one_that_has_ended()
    {
        await using var store = await PostgresStore.CreateAsync();
        await using (await SharedAsync(store, "day"))
        {
            await using var same = await SharedAsync(store, "day");
            var refused = await Assert.ThrowsAsync<JournalOfAnotherClusterException>(
                () => SharedAsync(store, "night"));
            Assert.Equal(("day", "night"), (refused.Cluster, refused.Asked));
        }

        await SharedAsync(store, "night");
        await Assert.ThrowsAsync<JournalOfAnotherClusterException>(() => SharedAsync(store, "day"));
    }

    [PostgresFact]
    public async Task Of_two_silos_that_rename_a_cluster_at_once_both_are_in()
    {
        await using var store = await PostgresStore.CreateAsync();
        await (await SharedAsync(store, "day")).DisposeAsync();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SharedAsync(store, "night")));

        await Assert.ThrowsAsync<JournalOfAnotherClusterException>(() => SharedAsync(store, "day"));
    }

    [PostgresFact]
    public async Task A_process_that_has_the_journal_for_itself_is_refused_beside_a_cluster()
    {
        await using var store = await PostgresStore.CreateAsync();
        await using (await SharedAsync(store, "day"))
            await Assert.ThrowsAsync<JournalLockedException>(() => store.OpenAsync());

        await store.OpenAsync();
    }

    [PostgresFact]
    public async Task A_session_is_seen_at_its_address_until_it_ends()
    {
        await using var store = await PostgresStore.CreateAsync();
        var asking = await store.OpenAsync(isShared: true);
        Assert.False(await asking.HasSessionAsync(Here));
        await using (await store.OpenAsync(isShared: true, address: Here))
        {
            // Started again at its address before the first has ended.
            await using (await store.OpenAsync(isShared: true, address: Here))
                Assert.True(await asking.HasSessionAsync(Here));
            Assert.True(await asking.HasSessionAsync(Here));
            Assert.False(await asking.HasSessionAsync("10.0.0.1:11112"));
        }

        Assert.False(await asking.HasSessionAsync(Here));
    }

    [PostgresFact]
    public async Task Work_is_taken_by_one_process_at_a_time_and_comes_free_when_its_session_is_cut()
    {
        await using var store = await PostgresStore.CreateAsync();
        var (one, other) = await store.OpenTwoAsync();
        await using (Assert.IsAssignableFrom<IAsyncDisposable>(await one.TryTakeWorkAsync("sweep")))
        {
            Assert.Null(await other.TryTakeWorkAsync("sweep"));
            await using var another = await other.TryTakeWorkAsync("settle");
            Assert.NotNull(another);
            await store.CutAsync();
            await using var taken = await TakenAsync(other);
        }

        await using var again = await one.TryTakeWorkAsync("sweep");
        Assert.NotNull(again);
    }

    /// <summary>The server is a moment at ending a session that it was told to end.</summary>
    private static async Task<IAsyncDisposable> TakenAsync(PostgresJournal journal)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await journal.TryTakeWorkAsync("sweep") is { } taken)
                return taken;
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(60), "Still held.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    private static Task<PostgresJournal> SharedAsync(PostgresStore store, string cluster) =>
        store.OpenAsync(isShared: true, cluster: cluster);
}
