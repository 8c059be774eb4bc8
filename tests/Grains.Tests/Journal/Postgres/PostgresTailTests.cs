using MallVip.Grains.Journal;
using Npgsql;

namespace MallVip.Grains.Tests.Journal.Postgres;

public sealed class PostgresTailTests
{
    private static readonly DateTimeOffset Noon = ChainOf.Noon;

    [PostgresFact]
    public async Task A_reader_loses_nothing_when_two_writers_commit_in_the_other_order()
    {
        await using var store = await PostgresStore.CreateAsync();
        var (early, late) = await store.OpenTwoAsync();
        var (slow, quick) = (new ChainOf(1), new ChainOf(2));
        await early.AppendAsync(slow.Next(due: DueChange.Earlier(Noon)));
        var first = await early.TailAsync(TailPosition.Start, 10);
        var holder = await store.HoldDueRowsAsync();

        var held = early.AppendAsync(slow.Next(due: DueChange.Exactly(Noon)));
        await PostgresStore.UntilBlockedAsync(holder);
        var places = await late.AppendAsync(quick.Next(key: "quick"));

        var reader = await store.ImpatientReaderAsync();
        await Assert.ThrowsAsync<JournalUnsettledException>(
            async () => await reader.TailAsync(first.Next, 10));
        Assert.Equal(first.Next, (await reader.TailAsync(TailPosition.Start, 10)).Next);
        await new NpgsqlCommand("ROLLBACK", holder).ExecuteNonQueryAsync();
        var heldPlaces = await held;
        var (read, end) = await ReadAsync(late, first.Next, 2);
        Assert.Equal([heldPlaces[0], places[0]], read.Select(entry => entry.Pos));
        Assert.Equal([places[0]], (await late.TailKeysAsync(first.Next, 10)).Keys.Select(key => key.Pos));
        Assert.Empty((await late.TailAsync(end, 10)).Entries);
    }

    [PostgresFact]
    public async Task Entries_of_an_earlier_epoch_are_settled_whatever_their_transactions_numbers()
    {
        await using var store = await PostgresStore.CreateAsync();
        var chain = new ChainOf(1);
        await (await store.OpenAsync(isShared: true)).AppendAsync(chain.Next());
        await store.RunAsync(
            "UPDATE journal SET xid = '9000000000000000000'; UPDATE journal_epoch SET epoch = 2");
        var moved = await store.OpenAsync(isShared: true);
        await moved.AppendAsync(chain.Next());

        var page = await moved.TailAsync(TailPosition.Start, 10);

        Assert.Equal(1, page.Entries[0].Seq);
        var (rest, end) = await ReadAsync(moved, page.Next, 2 - page.Entries.Count);
        Assert.Equal((2L, 2L), (page.Entries.Concat(rest).Last().Seq, end.Epoch));
    }

    [PostgresFact]
    public async Task A_position_that_names_a_place_only_goes_on_after_that_place()
    {
        await using var store = await PostgresStore.CreateAsync();
        var journal = await store.OpenAsync();
        var chain = new ChainOf(1);
        var places = await journal.AppendAsync(chain.Next(), chain.Next(), chain.Next());
        var page = await journal.TailAsync(TailPosition.At(places[1]), 10);
        Assert.Equal([3L], page.Entries.Select(entry => entry.Seq));
    }

    /// <summary>Reads as many entries as are asked for. A page ends where a transaction of another database
    /// of the same server is still open, so one page need not hold them all.</summary>
    private static async Task<(List<JournalEntry> Entries, TailPosition Next)> ReadAsync(
        PostgresJournal journal, TailPosition from, int count)
    {
        var (entries, next) = (new List<JournalEntry>(), from);
        while (entries.Count < count)
        {
            var page = await journal.TailAsync(next, 10);
            (entries, next) = ([.. entries, .. page.Entries], page.Next);
        }
        return (entries, next);
    }
}
