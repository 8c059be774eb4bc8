using MallVip.Grains.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace MallVip.Grains.Tests.Journal;

public sealed class KeyIndexTests : IAsyncLifetime
{
    private static readonly EventKey Key = EventKey.ForEvent("test", "e-1");
    private readonly MemoryJournal _journal = NewJournal();
    private KeyIndex _keys = null!;
    private JournalWriter _writer = null!;

    public async Task InitializeAsync()
    {
        _keys = await Open(flushEntries: 2);
        _writer = await JournalWriter.OpenAsync(_journal, null, TimeProvider.System, _keys);
    }

    public async Task DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _keys.DisposeAsync();
        await _journal.DisposeAsync();
    }

    [Fact]
    public async Task A_key_is_reserved_once_and_written_for_ever()
    {
        Assert.Equal(KeyClaimKind.None, (await _keys.FindAsync(Key)).Kind);
        Assert.Equal(KeyClaimKind.Reserved, (await _keys.ReserveAsync(Key)).Kind);
        var repeat = await _keys.ReserveAsync(Key);
        Assert.Equal(KeyClaimKind.InFlight, repeat.Kind);
        Assert.False(repeat.Fate!.IsCompleted);
        await _writer.Append(new ChainOf(1).Next(key: "e-1"));
        Assert.Equal(1, await repeat.Fate);
        Assert.Equal(new KeyClaim(KeyClaimKind.Written, 1, null), await _keys.ReserveAsync(Key));
        Assert.Equal(1, (await _keys.FindAsync(Key)).Pos);
    }

    [Fact]
    public async Task A_repeat_shares_the_fate_of_a_reservation_that_is_given_up_and_may_try_itself()
    {
        await _keys.ReserveAsync(Key);
        var repeat = await _keys.ReserveAsync(Key);
        _keys.Release(Key);
        Assert.Equal(0, await repeat.Fate!);
        Assert.Equal(KeyClaimKind.Reserved, (await _keys.ReserveAsync(Key)).Kind);
    }

    [Fact]
    public async Task A_failed_append_gives_its_key_back()
    {
        var chain = new ChainOf(1);
        _ = chain.Next();
        await _keys.ReserveAsync(Key);
        var gap = _writer.Append(chain.Next(key: "e-1")).AsTask();
        await Assert.ThrowsAsync<AppendFailedException>(() => gap);
        Assert.Equal(KeyClaimKind.Reserved, (await _keys.ReserveAsync(Key)).Kind);
    }

    [Fact]
    public async Task Only_one_of_many_callers_at_once_gets_the_key()
    {
        for (var i = 0; i < 50; i++)
        {
            var key = EventKey.ForEvent("race", $"{i}");
            var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
                () => _keys.ReserveAsync(key).AsTask(), default, TaskCreationOptions.None,
                TaskScheduler.Default).Unwrap()));
            Assert.Single(claims, c => c.Kind == KeyClaimKind.Reserved);
        }
    }

    [Fact]
    public async Task Indexed_keys_leave_the_memory_and_are_still_found_extra_keys_too()
    {
        var receipt = EventKey.ForReceipt("s", "r");
        var chain = new ChainOf(1);
        await _writer.Append(chain.Next(key: "e-1", extra: [receipt]));
        await _writer.Append(chain.Next(key: "e-2"));
        Assert.Equal(3, _keys.Held);
        await _keys.FlushAsync();
        Assert.Equal(0, _keys.Held);
        Assert.Equal(0, _keys.Lag);
        Assert.Equal(1, (await _keys.FindAsync(Key)).Pos);
        Assert.Equal(1, (await _keys.FindAsync(receipt)).Pos);
        Assert.Equal(KeyClaimKind.Written, (await _keys.ReserveAsync(Key)).Kind);
        Assert.Equal(0, _keys.Held);
    }

    [Fact]
    public async Task Its_reader_indexes_by_itself_when_enough_has_come()
    {
        _keys.Start();
        var chain = new ChainOf(1);
        for (var i = 0; i < 20; i++)
            await _writer.Append(chain.Next(key: $"e-{i}"));
        await _keys.FlushAsync();
        Assert.Equal(0, _keys.Held);
        for (var i = 0; i < 20; i++)
            Assert.Equal(i + 1, (await _keys.FindAsync(EventKey.ForEvent("test", $"e-{i}"))).Pos);
    }

    [Fact]
    public async Task After_a_restart_the_keys_above_the_checkpoint_are_known_again()
    {
        var chain = new ChainOf(1);
        await _writer.Append(chain.Next(key: "e-1"));
        await _keys.FlushAsync();
        await _writer.Append(chain.Next(key: "e-2"));
        await using var reopened = await Open(flushEntries: 100);
        Assert.Equal(1, reopened.Held);
        Assert.Equal(1, (await reopened.FindAsync(Key)).Pos);
        Assert.Equal(2, (await reopened.FindAsync(EventKey.ForEvent("test", "e-2"))).Pos);
    }

    [Fact]
    public async Task A_carried_key_stays_where_it_first_stood()
    {
        await _writer.Append(new ChainOf(1, GrainKind.Identity).Next(key: "e-1"));
        await _writer.Append(new ChainOf(2).Next(key: "e-1", kind: EntryKinds.CarriedFrom));
        Assert.Equal(1, (await _keys.FindAsync(Key)).Pos);
        await _keys.FlushAsync();
        Assert.Equal(1, (await _keys.FindAsync(Key)).Pos);
        Assert.True((await JournalAudit.RunAsync(_journal)).IsClean);
    }

    private static MemoryJournal NewJournal() => new();

    private ValueTask<KeyIndex> Open(int flushEntries) => KeyIndex.OpenAsync(
        _journal, new KeyIndexOptions { FlushEntries = flushEntries, PageEntries = 2 }, TimeProvider.System,
        NullLogger.Instance);
}
