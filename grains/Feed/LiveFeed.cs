using System.Collections.Concurrent;
using System.Threading.Channels;
using MallVip.Grains.Background;
using MallVip.Grains.Journal;
using MallVip.Rules.Journaling;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Feed;

/// <summary>
/// Shows what has just become durable to whoever watches. It follows the journal from now on, remembers
/// nothing, and reads only while somebody watches; a watcher who is too slow loses the oldest items, never
/// the silo its memory.
/// </summary>
public sealed class LiveFeed(IJournal journal) : IAsyncDisposable
{
    /// <summary>How many items wait for one watcher.</summary>
    public const int QueueLength = 1_024;

    private const int PageLength = 512;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<Watch, byte> _watches = [];
    private readonly BackgroundWork _work = new();

    public void Start() => _work.Start(FollowAsync);

    /// <summary>Watches from now on, or from after a position while that is not too long ago.</summary>
    public Watch Open()
    {
        var watch = new Watch(this);
        _watches.TryAdd(watch, 0);
        return watch;
    }

    /// <summary>Ends the watching; may be called again.</summary>
    public async Task StopAsync()
    {
        await _work.StopAsync();
        foreach (var watch in _watches.Keys)
            watch.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _work.DisposeAsync();
    }

    private async Task FollowAsync()
    {
        var after = default(TailPosition?);
        while (true)
        {
            try
            {
                after = await NextAsync(after);
            }
            catch (Exception away) when (away is JournalUnreachableException or JournalUnsettledException)
            {
                // A database that is away for a while costs watchers time, nothing else.
                await Task.Delay(RetryAfter, TimeProvider.System, _work.Stopping);
            }
        }
    }

    /// <summary>Shows the next page; while nobody watches, follows the end.</summary>
    private async Task<TailPosition> NextAsync(TailPosition? before)
    {
        if (before is not { } after)
            return await journal.EndAsync(_work.Stopping);
        if (!_watches.IsEmpty)
        {
            var page = await journal.TailAsync(after, PageLength, _work.Stopping);
            foreach (var entry in page.Entries)
                Show(entry);
            if (page.Next != after)
                return page.Next;
        }

        await (journal.IsShared
            ? Task.Delay(LookEvery, TimeProvider.System, _work.Stopping)
            : journal.Commits.WaitForAsync(after.Pos + 1, _work.Stopping));
        return _watches.IsEmpty ? await journal.EndAsync(_work.Stopping) : after;
    }

    private void Show(JournalEntry entry)
    {
        if (entry.Grain.Kind != GrainKind.Member)
            return;
        var item = new FeedItem(
            entry.Pos, entry.At, new MemberId(entry.Grain.Id), entry.Seq,
            JournalJson.ReadBody(entry.Body.Span));
        foreach (var watch in _watches.Keys)
            watch.Offer(item);
    }

    /// <summary>One watcher's queue. Dispose it when the watcher leaves.</summary>
    public sealed class Watch : IDisposable
    {
        private readonly LiveFeed _owner;
        private readonly Channel<FeedItem> _queue = Channel.CreateBounded<FeedItem>(
            new BoundedChannelOptions(
                QueueLength)
            { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

        internal Watch(LiveFeed owner) => _owner = owner;

        /// <summary>Items as they come; ends when the silo stops.</summary>
        public ChannelReader<FeedItem> Items => _queue.Reader;

        public void Dispose()
        {
            _owner._watches.TryRemove(this, out _);
            _queue.Writer.TryComplete();
        }

        internal void Offer(FeedItem item) => _queue.Writer.TryWrite(item);
    }
}

/// <summary>An entry of a member, as the live feed shows it.</summary>
/// <param name="Pos">Its place in the journal: the id of a server-sent event.</param>
public sealed record FeedItem(long Pos, DateTimeOffset At, MemberId Member, long Seq, EntryBody Body);
