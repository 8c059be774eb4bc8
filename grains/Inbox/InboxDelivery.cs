using MallVip.Grains.Background;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Rules.Identities;
using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Inbox;

/// <summary>
/// Delivers what waits in the inbox: the events of one subject one after another, in the order in which they
/// came, those of others beside them, a bounded number at a time. A row is taken out after its event has its
/// outcome, so that a crash delivers it again, which the event's key makes harmless.
/// </summary>
public sealed partial class InboxDelivery : IAsyncDisposable
{
    private const int PageLength = 256;
    private static readonly TimeSpan SweepEvery = TimeSpan.FromHours(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(1);

    private readonly EventInbox _inbox;
    private readonly IInboxStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly LetterOpener _opener;
    private readonly Postman _postman;
    private readonly InboxExit _exit;
    private readonly SemaphoreSlim _room;
    private readonly Lanes<IdentityText, Letter> _lanes;
    private readonly BackgroundWork _work = new();
    private DateTimeOffset _swept = DateTimeOffset.MinValue;
    private long _cursor;
    private long _aside;
    private bool _started;

    public InboxDelivery(
        EventInbox inbox, IInboxStore store, EventReader reader, ProgrammeHost programmes, EventIntake intake,
        TimeProvider time, ILogger<InboxDelivery> log)
    {
        (_inbox, _store, _time, _log) = (inbox, store, time, log);
        _room = new(inbox.Options.Window);
        _opener = new(inbox, reader, programmes);
        _postman = new(intake, time, log, _work.Stopping);
        _exit = new(store, inbox, time, log, rows => _room.Release(rows), _work.Stopping);
        _lanes = new(DeliverAllAsync);
    }

    /// <summary>Events that could not be handled since the start; they wait for the next one.</summary>
    public long SetAside => Interlocked.Read(ref _aside);

    public void Start()
    {
        _work.Start(WorkAsync);
        _started = true;
    }

    /// <summary>Ends after the events under way; what is left waits for the next start. May be called
    /// again.</summary>
    public async Task StopAsync()
    {
        await _work.StopAsync();
        for (var i = 0; _started && i < _inbox.Options.Window; i++)
            await _room.WaitAsync();
        _started = false;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _work.DisposeAsync();
        _room.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!_work.Stopping.IsCancellationRequested)
        {
            try
            {
                await ForgetAsync();
                if (_inbox.IsShared)
                    await _inbox.AdoptAsync(_work.Stopping);
                var arrival = _inbox.Arrival;
                if (!await DispatchPageAsync())
                    await WaitForAsync(arrival);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException && !_work.IsEnd(failure))
            {
                ReadFailed(_log, failure);
                await Task.Delay(ReadAgainAfter, _time, _work.Stopping);
            }
        }
    }

    /// <summary>Starts the rows of one page on their way, as room comes; false: none waited.</summary>
    private async Task<bool> DispatchPageAsync()
    {
        var rows = await _store.ReadInboxAsync(_cursor, PageLength, _work.Stopping);
        foreach (var row in rows)
        {
            await _room.WaitAsync(_work.Stopping);
            try
            {
                await DispatchAsync(row);
            }
            catch
            {
                _room.Release();
                throw;
            }

            _cursor = row.Pos;
        }

        return rows.Count > 0;
    }

    private async ValueTask DispatchAsync(InboxRow row)
    {
        try
        {
            var letter = await _opener.OpenAsync(row);
            if (letter.Event is { } incoming)
                _lanes.Add(incoming.Subject, letter);
            else
                _exit.Refuse(row, letter.Refusal!);
        }
        catch (JournalDamagedException failure)
        {
            Unopened(_log, row.Event.Key, failure);
            Leave(row);
        }
    }

    private async Task DeliverAllAsync(IdentityText subject, IReadOnlyList<Letter> letters)
    {
        foreach (var letter in letters)
        {
            var answer = await _postman.DeliverAsync(letter);
            if (answer is null)
                _room.Release();
            else if (answer.Refusal?.Code == Refusals.Broken.Code)
                Leave(letter.Row);
            else if (answer.Refusal is { } refusal)
                _exit.Refuse(letter.Row, refusal);
            else
                _exit.Done(letter.Row);
        }
    }

    /// <summary>
    /// An event that something here is broken for lets those behind it pass. It stays in the inbox and is
    /// tried again at the next start, when that may be mended; in the end it is refused.
    /// </summary>
    private void Leave(InboxRow row)
    {
        if (row.Event.Arrived < _time.GetUtcNow() - _inbox.Options.Remember)
        {
            _exit.Refuse(row, Refusals.Broken);
            return;
        }

        Interlocked.Increment(ref _aside);
        LeftAside(_log, row.Event.Key);
        _room.Release();
    }

    private async Task ForgetAsync()
    {
        var now = _time.GetUtcNow();
        if (now < _swept + SweepEvery)
            return;
        await _store.ForgetRefusalsAsync(now - _inbox.Options.Remember, _work.Stopping);
        _swept = now;
    }

    /// <summary>Waits for more rows, or until refusals are to be forgotten.</summary>
    private async Task WaitForAsync(Task arrival)
    {
        using var wake = CancellationTokenSource.CreateLinkedTokenSource(_work.Stopping);
        var rest = _inbox.IsShared
            ? Task.Delay(LookEvery, TimeProvider.System, wake.Token)
            : Task.Delay(SweepEvery, _time, wake.Token);
        await Task.WhenAny(arrival, rest);
        await wake.CancelAsync();
    }

    [LoggerMessage(1, LogLevel.Error, "The inbox could not be read; trying again")]
    private static partial void ReadFailed(ILogger log, Exception failure);

    [LoggerMessage(2, LogLevel.Error, "Event {Key} of the inbox cannot be opened")]
    private static partial void Unopened(ILogger log, EventKey key, Exception failure);

    [LoggerMessage(
        3, LogLevel.Error, "Event {Key} of the inbox could not be handled; the next start tries again")]
    private static partial void LeftAside(ILogger log, EventKey key);
}
