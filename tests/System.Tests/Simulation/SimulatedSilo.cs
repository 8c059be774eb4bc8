using MallVip.Grains.Coupons;
using MallVip.Grains.Inbox;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Grains.Tests.Runtime;
using MallVip.Silo.Hosting;
using MallVip.System.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Simulation;

/// <summary>A silo that can crash and be started again over what its store kept.</summary>
internal sealed class SimulatedSilo(ISimulatedStore store, ManualTime time, Random random) : IAsyncDisposable
{
    private static readonly ServerKey Key = ServerKey.FromText(new string('5', 64));
    private UnreliableJournal _journal = null!;
    private bool _runs;

    public LocalEngine Engine { get; private set; } = null!;

    public UnreliableJournal Journal => _journal;

    public int Crashes { get; private set; }

    public async Task StartAsync()
    {
        _journal = new UnreliableJournal(store.Open, random.Next());
        Engine = await LocalEngine.OpenAsync(_journal, Key, TestProgramme.WithGifts, time, background: true);
        _runs = true;
        await Engine.Set.Programmes.FollowAsync(await HistoryAsync());
    }

    public Task<ProgrammeHistory> HistoryAsync() =>
        Engine.Services.GetRequiredService<PublicationDesk>().HistoryAsync();

    /// <summary>
    /// Sends a call; <see cref="SimulatedAnswer.Unknown"/> when the silo died before it answered.
    /// </summary>
    public async Task<SimulatedAnswer> SendAsync(SimulatedCall call)
    {
        var (engine, journal) = (Engine, _journal);
        try
        {
            var answer = await call.SendAsync(engine).WaitAsync(EngineHost.Patience);
            return journal.IsDead ? SimulatedAnswer.Unknown : answer;
        }
        catch (Exception failure) when (Unavailable.Is(failure) || journal.IsDead)
        {
            // What hangs while the store lives is a fault of its own, not something to try again.
            if (failure is TimeoutException && !journal.IsDead)
                throw new InvalidOperationException($"{call.Id} was never answered.", failure);
            return SimulatedAnswer.Unknown;
        }
    }

    /// <summary>Sends events as the lines of one stream; those without an answer line are unknown.</summary>
    public async Task<SimulatedAnswer[]> SendStreamAsync(IReadOnlyList<SimulatedCall.Event> calls)
    {
        var (engine, journal) = (Engine, _journal);
        var answers = new List<SimulatedAnswer>();
        try
        {
            var lines = calls.Select(call => (ReadOnlyMemory<byte>)call.Json).ToAsyncEnumerable();
            var stream = engine.Intake.AcceptAllAsync(lines, new() { Actor = "till", Window = 16 }, default);
            await foreach (var answer in stream)
                answers.Add(journal.IsDead ? SimulatedAnswer.Unknown : SimulatedAnswer.Of(answer));
        }
        catch (Exception failure) when (failure is not TimeoutException && journal.IsDead)
        {
            // The sender's connection broke.
        }

        return [.. answers, .. Enumerable.Repeat(SimulatedAnswer.Unknown, calls.Count - answers.Count)];
    }

    /// <summary>What became of an event; null: nobody knows it.</summary>
    public async Task<SimulatedAnswer?> AskAsync(SimulatedCall.Event call)
    {
        var outcomes = Engine.Services.GetRequiredService<OutcomeReader>();
        return await outcomes.FindAsync("till", call.Id).WaitAsync(EngineHost.Patience) is { } outcome
            ? SimulatedAnswer.Of(outcome.Answer)
            : null;
    }

    /// <summary>The coupons that a shopper can show; null: nobody knows at present.</summary>
    public async Task<SimulatedCard[]?> CardsAsync(int phone)
    {
        try
        {
            var found = await Engine.Desk.FindAsync(Till.Phone(phone), default);
            if (found.Member is not { } member || await Engine.Desk.ReadAsync(member, null, default) is not
                { Snapshot.State: var state })
                return [];
            var codes = Engine.Services.GetRequiredService<CouponCodes>();
            return [.. (state.Coupons?.Coupons ?? []).Select(
                coupon => new SimulatedCard(phone, codes.Of(state, coupon.Number), coupon.Until))];
        }
        catch (Exception failure) when (Unavailable.Is(failure))
        {
            return null;
        }
    }

    /// <summary>Starts again: after its death, or in good order.</summary>
    public async Task RestartAsync()
    {
        var crashed = _journal.IsDead;
        Crashes += crashed ? 1 : 0;
        if (crashed)
            store.Freeze();
        await StopAsync();
        await store.ReopenAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_runs)
            await StopAsync();
        await store.DisposeAsync();
    }

    /// <summary>Ends the silo's threads; of a dead one no last words reach the store.</summary>
    private async Task StopAsync()
    {
        _runs = false;
        try
        {
            await Engine.DisposeAsync();
        }
        catch (IOException) when (_journal.IsDead)
        {
            await Engine.Set.Keys.DisposeAsync();
        }
    }
}
