using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Runtime;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace MallVip.Grains.Tests.Journal.Postgres;

/// <summary>What keeps processes apart, and brings them what the others did, that share a database.</summary>
public sealed class PostgresSharingTests
{
    [PostgresFact]
    public async Task Who_shares_a_journal_takes_the_lowest_number_that_is_free()
    {
        await using var store = await PostgresStore.CreateAsync();
        await using var first = await SharedAsync(store);
        var second = await SharedAsync(store);
        await using var third = await SharedAsync(store);
        await second.DisposeAsync();
        await using var next = await SharedAsync(store);
        var numbers = new List<int>();
        foreach (var journal in new[] { first, third, next })
            numbers.Add((await journal.WriterStateAsync()).Writer);
        Assert.Equal([1, 3, 2], numbers);
    }

    [PostgresFact]
    public async Task A_key_that_another_wrote_is_found_once_it_was_followed_and_after_it_was_indexed()
    {
        await using var store = await PostgresStore.CreateAsync();
        var (mine, theirs) = await store.OpenTwoAsync();
        await using var index = await IndexAsync(mine);
        await using var other = await IndexAsync(theirs);
        var places = await theirs.AppendAsync(new ChainOf(1).Next(key: "1"));
        var key = await KeyAtAsync(theirs, places[0]);

        await index.FlushAsync();
        Assert.Equal((KeyClaimKind.Written, places[0]), await AskAsync(index, key));
        await other.FlushAsync();
        await index.FlushAsync();
        await other.FlushAsync();

        Assert.Equal((0, 0), (index.Held, other.Held));
        Assert.Equal((KeyClaimKind.Written, places[0]), await AskAsync(index, key));
        Assert.Equal((KeyClaimKind.Written, places[0]), await AskAsync(other, key));
    }

    [PostgresFact]
    public async Task A_grain_that_moves_here_brings_the_keys_that_were_not_followed_yet()
    {
        await using var store = await PostgresStore.CreateAsync();
        var (mine, theirs) = await store.OpenTwoAsync();
        await using var index = await IndexAsync(mine);
        var chain = new ChainOf(1);
        var places = await theirs.AppendAsync(chain.Next(key: "1"));
        var key = await KeyAtAsync(theirs, places[0]);
        Assert.Equal(KeyClaimKind.None, (await index.FindAsync(key)).Kind);

        await index.LearnAsync(chain.Grain, default);

        Assert.Equal((KeyClaimKind.Written, places[0]), await AskAsync(index, key));
    }

    [PostgresFact]
    public async Task Who_indexed_and_is_gone_is_followed_by_another_who_held_the_same_keys()
    {
        await using var store = await PostgresStore.CreateAsync();
        var time = new ManualTime();
        var (mine, theirs) = await store.OpenTwoAsync();
        await using var index = await IndexAsync(mine, time);
        await using (var leader = await IndexAsync(theirs, time))
        {
            await theirs.AppendAsync(new ChainOf(1).Next(key: "1"));
            await leader.FlushAsync();
            await index.FlushAsync();
            await theirs.AppendAsync(new ChainOf(2).Next(key: "2"));
        }

        await index.FlushAsync();
        Assert.Equal(1, index.Held);
        time.Advance(TimeSpan.FromSeconds(11));
        await index.FlushAsync();

        Assert.Equal(0, index.Held);
        await using var late = await SharedAsync(store);
        await using var fresh = await IndexAsync(late, time);
        Assert.Equal(0, fresh.Held);
        var page = await late.TailKeysAsync(TailPosition.Start, 10);
        foreach (var (key, pos) in page.Keys)
            Assert.Equal((KeyClaimKind.Written, pos), await AskAsync(fresh, key));
    }

    [PostgresFact]
    public async Task An_entry_is_not_written_after_the_end_of_what_it_used()
    {
        await using var store = await PostgresStore.CreateAsync();
        var (mine, theirs) = await store.OpenTwoAsync();
        await using var writer = await JournalWriter.OpenAsync(mine, null, TimeProvider.System);
        var (late, beside) = (new ChainOf(1), new ChainOf(2));
        var ended = (await theirs.DeadlineAsync(TimeSpan.Zero))!.Value;

        var refused = writer.Append(late.Next(validUntil: ended)).AsTask();
        var written = writer.Append(beside.Next(validUntil: ended.AddMinutes(1))).AsTask();

        var failure = await Assert.ThrowsAsync<AppendFailedException>(() => refused);
        Assert.Equal((AppendFailure.OutOfOrder, late.Grain), (failure.Reason, failure.Grain));
        await written;
        Assert.Equal(0, (await theirs.HeadAsync(late.Grain)).Seq);
        Assert.Equal(1, (await theirs.HeadAsync(beside.Grain)).Seq);
    }

    [PostgresFact]
    public async Task An_end_has_passed_only_when_all_that_was_under_way_then_is_over()
    {
        await using var store = await PostgresStore.CreateAsync();
        var (mine, _) = await store.OpenTwoAsync();
        await mine.AppendAsync(new ChainOf(1).Next(due: DueChange.Earlier(ChainOf.Noon)));
        var deadline = (await mine.DeadlineAsync(TimeSpan.FromMilliseconds(1)))!.Value;
        await using var paused = new NpgsqlConnection(store.Connection + ";Pooling=false");
        await paused.OpenAsync();
        await using (var begin = new NpgsqlCommand("BEGIN; SELECT pg_current_xact_id()", paused))
            await begin.ExecuteNonQueryAsync();

        Assert.False(await mine.HasPassedAsync(deadline));
        Assert.False(await mine.HasPassedAsync(deadline.AddHours(1)));
        await using (var end = new NpgsqlCommand("ROLLBACK", paused))
            await end.ExecuteNonQueryAsync();

        Assert.True(await mine.HasPassedAsync(deadline));
    }

    [PostgresFact]
    public async Task What_waits_with_a_process_that_is_gone_is_taken_over_once_and_in_order()
    {
        await using var store = await PostgresStore.CreateAsync();
        var (mine, theirs) = await store.OpenTwoAsync();
        await mine.PutInboxAsync([Letter(1)]);
        await theirs.PutInboxAsync([Letter(2), Letter(3)]);

        Assert.Equal(0, await mine.AdoptInboxAsync());
        await theirs.DisposeAsync();
        Assert.Equal(2, await mine.AdoptInboxAsync());
        Assert.Equal(0, await mine.AdoptInboxAsync());
        await mine.PutInboxAsync([Letter(4)]);

        var rows = await mine.ReadInboxAsync(0, 10);
        Assert.Equal([1, 2, 3, 4], rows.Select(row => (int)row.Event.Body.Span[0]));
        Assert.Equal([1, 2, 3, 4], rows.Select(row => row.Pos));
    }

    private static InboxDraft Letter(byte number) => new(
        EventKey.ForEvent("gate", $"{number}"), ChainOf.Noon, "gate", "v1", new[] { number });

    private static Task<PostgresJournal> SharedAsync(PostgresStore store) => PostgresJournal.OpenAsync(
        new() { ConnectionString = store.Connection, IsShared = true }).AsTask();

    private static ValueTask<KeyIndex> IndexAsync(IJournal journal, TimeProvider? time = null) =>
        KeyIndex.OpenAsync(journal, null, time ?? TimeProvider.System, NullLogger.Instance);

    private static async Task<(KeyClaimKind Kind, long Pos)> AskAsync(KeyIndex index, EventKey key)
    {
        var claim = await index.FindAsync(key);
        return (claim.Kind, claim.Pos);
    }

    private static async Task<EventKey> KeyAtAsync(PostgresJournal journal, long place) =>
        (await journal.ReadAtAsync(place))!.Key;
}
