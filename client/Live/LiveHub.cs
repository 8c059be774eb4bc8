using System.Text.Json;
using MallVip.Client.Runtime;
using MallVip.Client.Wire;
using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Live;

/// <summary>
/// Takes committed entries and tells those who watch. Every entry is counted; only so many a second are
/// shown, so that a busy mall costs no more than a quiet one. Thread-safe.
/// </summary>
public sealed class LiveHub(LiveOptions options, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly List<LiveClient> _clients = [];
    private readonly Queue<LiveMessage> _kept = new();
    private LiveCounters _now = new(0, 0, 0, 0, 0, 0, 0);
    private long _second;
    private int _shown;
    private int _shownTiers;
    private long _skipped;

    /// <summary>What was counted until now.</summary>
    public LiveCounters Counters
    {
        get
        {
            lock (_lock)
                return _now;
        }
    }

    /// <summary>Those who watch.</summary>
    public int Clients
    {
        get
        {
            lock (_lock)
                return _clients.Count;
        }
    }

    /// <summary>An entry of a member that is durable.</summary>
    /// <param name="pos">Its place in the journal: the message's id.</param>
    public void Publish(long pos, MemberId member, DateTimeOffset at, EntryBody body)
    {
        var change = LiveChange.Of(body);
        lock (_lock)
        {
            _now = _now with
            {
                Events = _now.Events + change.Events,
                Members = _now.Members + change.Members,
                Points = _now.Points + change.Points,
                TierChanges = _now.TierChanges + change.Tiers,
            };
            if (change.IsQuiet)
                return;
            if (!MayShow_NeedsLock(change.Tiers > 0))
            {
                _skipped++;
                return;
            }
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(
            LiveItem.Of(member, at, body), ApiJson.Readable.LiveItem);
        Send(new LiveMessage(pos, "entry", json), keep: true);
    }

    /// <summary>News of the programme: always shown, and not kept for who comes back.</summary>
    public void Publish(LiveProgrammeBody news) => Send(
        new(null, "programme", JsonSerializer.SerializeToUtf8Bytes(
            news, ApiJson.Readable.LiveProgrammeBody)), keep: false);

    /// <summary>Sends the counters. Called every second.</summary>
    /// <param name="entries">The journal's newest place; null: not known.</param>
    public void Tick(long? entries)
    {
        LiveCounters counters;
        lock (_lock)
        {
            var all = entries ?? _now.Events;
            var first = _now.Entries == 0;
            _now = _now with
            {
                Entries = all,
                EntriesPerSecond = first ? 0 : all - _now.Entries,
                Skipped = _skipped,
            };
            (_skipped, counters) = (0, _now);
        }

        Send(new(null, "counters", JsonSerializer.SerializeToUtf8Bytes(
            counters, ApiJson.Default.LiveCounters)), keep: false);
    }

    /// <summary>Sends the grain runtime's figures. Called every second.</summary>
    public void Tell(RuntimeBody runtime) => Send(
        new(null, "runtime", JsonSerializer.SerializeToUtf8Bytes(runtime, ApiJson.Default.RuntimeBody)),
        keep: false);

    /// <summary>Begins to watch, with what was kept of messages above <paramref name="after"/>.</summary>
    /// <param name="after">The last id that the client has seen; null: only what comes.</param>
    public LiveClient Join(long? after)
    {
        var client = new LiveClient(options.ClientBuffer);
        lock (_lock)
        {
            if (after is { } seen)
                foreach (
                    var message in _kept.Where(message => message.Pos > seen).TakeLast(options.ClientBuffer))
                    client.Offer(message);
            _clients.Add(client);
        }

        return client;
    }

    /// <summary>Ends to watch.</summary>
    public void Leave(LiveClient client)
    {
        lock (_lock)
            _clients.Remove(client);
    }

    private void Send(LiveMessage message, bool keep)
    {
        lock (_lock)
        {
            if (keep)
                _kept.Enqueue(message);
            if (_kept.Count > options.Kept)
                _kept.Dequeue();
            _clients.RemoveAll(client => !client.Offer(message));
        }
    }

    private bool MayShow_NeedsLock(bool tier)
    {
        var second = time.GetTimestamp() / time.TimestampFrequency;
        if (second != _second)
            (_second, _shown, _shownTiers) = (second, 0, 0);
        return (tier ? ++_shownTiers : ++_shown) <= options.ItemsPerSecond;
    }
}

/// <summary>What an entry adds to the counters.</summary>
internal readonly record struct LiveChange(int Events, int Members, long Points, int Tiers)
{
    /// <summary>Nothing to see: a timer, a link, a claim.</summary>
    public bool IsQuiet => Events == 0 && Points == 0 && Tiers == 0;

    public static LiveChange Of(EntryBody body)
    {
        var (members, points, tiers) = (0, 0L, 0);
        foreach (var fact in body.Facts)
        {
            switch (fact)
            {
                case Fact.Enrolled:
                    members++;
                    break;
                case Fact.Earned earned:
                    points += earned.Amount.Value;
                    break;
                case Fact.TierChanged { From: not null }:
                    tiers++;
                    break;
            }
        }

        return new(body.Command is MemberCommand.RecordEvent ? 1 : 0, members, points, tiers);
    }
}
