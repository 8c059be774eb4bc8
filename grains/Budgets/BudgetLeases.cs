using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using MallVip.Grains.Background;
using MallVip.Grains.Journal;
using MallVip.Rules.Budgets;
using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Budgets;

/// <summary>
/// All that this silo holds of budgets, for the life of its process. Thread-safe.
/// </summary>
public sealed partial class BudgetLeases(
    IGrainFactory grains, IJournal journal, TimeProvider time, ILogger<BudgetLeases> log) : IAsyncDisposable
{
    private static readonly TimeSpan CloseEvery = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<BudgetKey, BudgetAccount> _accounts = [];
    private readonly ConcurrentDictionary<BudgetKey, bool> _short = [];
    private readonly BackgroundWork _work = new();
    private readonly string _holder = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>The name under which this life of the silo holds leases.</summary>
    public string Holder => _holder;

    /// <summary>Ends leases that nobody draws from, from time to time.</summary>
    public void Start() => _work.Start(CloseOldAsync);

    /// <summary>
    /// Ends the leases that nobody is drawing from, so that the next start need not count them. May be called
    /// again.
    /// </summary>
    public async Task StopAsync()
    {
        await _work.StopAsync();
        await CloseAllAsync(evenYoung: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _work.DisposeAsync();
        foreach (var account in _accounts.Values)
            account.Dispose();
    }

    /// <summary>
    /// Draws for all asks of a decision, budget by budget in their order; completes at once where the leases
    /// in memory have enough.
    /// </summary>
    public ValueTask<BudgetDraw> DrawAsync(ImmutableArray<BudgetAsk> asks)
    {
        if (asks is [var only] && AccountOf(only.Budget) is var account && account.TryDraw(asks) is { } drawn)
            return new(BudgetDraw.Of([(account, drawn.Lease, drawn.Answers[0])]));
        return new(DrawAllAsync(asks));
    }

    /// <summary>What a draw would give now; nothing is drawn.</summary>
    public async Task<BudgetDraw> SupposeAsync(ImmutableArray<BudgetAsk> asks)
    {
        var count = new BudgetCount();
        foreach (var budget in asks.GroupBy(ask => ask.Budget))
        {
            var total = budget.First().Total;
            var (_, left) = await AccountOf(budget.Key).ReadAsync(total);
            count.SetUsed(budget.Key, total - left);
        }

        return BudgetDraw.Supposed(count.Answer(asks));
    }

    /// <inheritdoc cref="ILeaseHolderGrain.Recall"/>
    public Task<LeaseEnd?> RecallAsync(BudgetKey budget, long lease) =>
        _accounts.TryGetValue(budget, out var account)
            ? account.RecallAsync(lease)
            : Task.FromResult<LeaseEnd?>(null);

    /// <summary>What is used of a budget, and what is left of a total.</summary>
    public Task<(long Used, long Left)> ReadAsync(BudgetKey budget, long total) =>
        AccountOf(budget).ReadAsync(total);

    private async Task<BudgetDraw> DrawAllAsync(ImmutableArray<BudgetAsk> asks)
    {
        var parts = new (BudgetAccount Account, HeldLease? Lease, BudgetAnswer Answer)[asks.Length];
        var order = Enumerable.Range(0, asks.Length)
            .GroupBy(at => asks[at].Budget).OrderBy(group => group.Key);
        var drawn = 0;
        try
        {
            foreach (var group in order)
            {
                var account = AccountOf(group.Key);
                var part = await account.DrawAsync([.. group.Select(at => asks[at])]);
                foreach (var (at, answer) in group.Zip(part.Answers))
                    parts[at] = (account, part.Lease, answer);
                drawn += part.Answers.Length;
                Note(part.Answers);
            }
        }
        catch when (drawn > 0)
        {
            BudgetDraw.Of(parts.Where(part => part.Account is not null)).GiveBack();
            throw;
        }

        return BudgetDraw.Of(parts);
    }

    private BudgetAccount AccountOf(BudgetKey budget) => _accounts.GetOrAdd(
        budget, static (key, silo) => new(key, silo._holder, silo.Grains, silo.Time), this);

    private IGrainFactory Grains => grains;

    private TimeProvider Time => time;

    /// <summary>Tells the operator, once in a process and budget, that it has come to its end.</summary>
    private void Note(ImmutableArray<BudgetAnswer> answers)
    {
        foreach (var answer in answers)
            if (answer.Granted < answer.Asked && _short.TryAdd(answer.Budget, true))
                Short(log, answer.Budget.ToString(), answer.Asked.Value, answer.Granted.Value);
    }

    private async Task CloseOldAsync()
    {
        using var timer = new PeriodicTimer(CloseEvery, time);
        do
        {
            await StayAsync();
            await CloseAllAsync(evenYoung: false);
        }
        while (await timer.WaitForNextTickAsync(_work.Stopping));
    }

    /// <summary>Where silos share a journal, the others find this one's door here.</summary>
    private async Task StayAsync()
    {
        if (!journal.IsShared)
            return;
        try
        {
            await grains.GetGrain<ILeaseHolderGrain>(_holder).Stay();
        }
        catch (Exception failure) when (Intake.Unavailable.Is(failure))
        {
            NoDoor(log, failure);
        }
    }

    private async Task CloseAllAsync(bool evenYoung)
    {
        foreach (var (budget, account) in _accounts)
        {
            try
            {
                await account.CloseAsync(evenYoung);
            }
            catch (Exception failure) when (Intake.Unavailable.Is(failure) || failure is JournalException)
            {
                NotClosed(log, budget.ToString(), failure);
            }
        }
    }

    [LoggerMessage(
        1, LogLevel.Information, "The budget of {Rule} has too little left: {Asked} asked, {Granted} given")]
    private static partial void Short(ILogger log, string rule, long asked, long granted);

    [LoggerMessage(3, LogLevel.Warning, "Other silos cannot ask this one for what is left of budgets")]
    private static partial void NoDoor(ILogger log, Exception failure);

    [LoggerMessage(2, LogLevel.Warning, "A lease of {Rule} was not ended; the next start counts its uses")]
    private static partial void NotClosed(ILogger log, string rule, Exception failure);
}
