using System.Collections.Concurrent;
using System.Diagnostics;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Rules.Backtesting;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Backtesting;

/// <summary>
/// Decides the recorded history again under a draft, all members in parallel, and adds up what would have
/// been
/// different. Nothing is written; it may run beside a silo.
/// </summary>
public sealed class BacktestRun
{
    /// <summary>How often the asks of budgets are settled anew at most.</summary>
    public const int MostRounds = 16;

    private readonly BacktestOrder _order;
    private readonly BacktestReader _reader;
    private readonly BacktestTerms _terms;
    private readonly CpuShare _cpu;
    private readonly Action<long, long> _progress;
    private readonly List<MemberId> _members;

    private BacktestRun(
        BacktestOrder order, BacktestReader reader, BacktestTerms terms, List<MemberId> members,
        CpuShare cpu, Action<long, long> progress)
    {
        (_order, _reader, _terms, _members) = (order, reader, terms, members);
        (_cpu, _progress) = (cpu, progress);
    }

    /// <param name="progress">Is told how many members of how many are done, on any thread.</param>
    /// <exception cref="JournalDamagedException">An entry or a version of the rules cannot be read.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<BacktestResult> RunAsync(
        IJournalReader journal, BacktestOrder order, TimeProvider time, Action<long, long> progress,
        CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        var reader = new BacktestReader(journal);
        var terms = await TermsAsync(journal, reader, order, cancellation);
        var members = await reader.MembersAsync(order.Sample, cancellation);
        var run = new BacktestRun(order, reader, terms, members, new(order.CpuShare, time), progress);
        return await run.RunAsync(began, cancellation);
    }

    private async Task<BacktestResult> RunAsync(long began, CancellationToken cancellation)
    {
        var deferred = new ConcurrentBag<MemberId>();
        var all = await WorkAsync(_members, null, deferred, cancellation);
        var (asks, isSettled) = deferred.IsEmpty
            ? (all.After.Settle(), true)
            : await SettleAsync(all, [.. deferred.Order()], cancellation);
        return new(
            _order, _terms.To, all.Tally.Members, all.Tally.Entries, asks.Count, asks.Short, isSettled,
            Stopwatch.GetElapsedTime(began), all.Tally.Finish());
    }

    /// <summary>
    /// Replays those who asked budgets for something else than recorded until the answers that they get are
    /// those that their asks lead to: what is granted first decides what can be given back later.
    /// </summary>
    /// <param name="all">Everybody else; these are added.</param>
    private async Task<(SettledAsks Asks, bool IsSettled)> SettleAsync(
        BacktestPart all, List<MemberId> deferred, CancellationToken cancellation)
    {
        var part = await WorkAsync(deferred, null, null, cancellation);
        var (before, after) = SettledWith(all, part);
        for (var round = 1; ; round++)
        {
            part = await WorkAsync(deferred, (before, after), null, cancellation);
            var (nextBefore, nextAfter) = SettledWith(all, part);
            var isSettled = nextBefore.IsSame(before) && nextAfter.IsSame(after);
            if (isSettled || round == MostRounds)
            {
                all.Join([part]);
                return (nextAfter, isSettled);
            }

            (before, after) = (nextBefore, nextAfter);
        }
    }

    private (SettledAsks Before, SettledAsks After) SettledWith(BacktestPart all, BacktestPart part)
    {
        var together = new BacktestPart(_terms);
        together.Join([all, part]);
        return (together.Before.Settle(), together.After.Settle());
    }

    /// <param name="deferred">Takes members who ask what the record does not answer; null: they
    /// count.</param>
    private async Task<BacktestPart> WorkAsync(
        List<MemberId> members, (SettledAsks, SettledAsks)? settled, ConcurrentBag<MemberId>? deferred,
        CancellationToken cancellation)
    {
        var (next, done) = (-1, 0L);
        var parts = await Task.WhenAll(Enumerable.Range(0, _cpu.Threads)
            .Select(_ => Task.Run(WorkAsync, cancellation)));
        var whole = new BacktestPart(_terms);
        whole.Join(parts);
        return whole;

        async Task<BacktestPart> WorkAsync()
        {
            var part = new BacktestPart(_terms);
            await _cpu.WorkAsync(
                async () =>
                {
                    if (Interlocked.Increment(ref next) is var at && at >= members.Count)
                        return false;
                    var replayed =
                        await _reader.ReplayAsync(members[at], _terms, settled, cancellation);
                    if (replayed is { HasOpenAsks: true } && deferred is not null)
                        deferred.Add(members[at]);
                    else if (replayed is not null)
                        part.Add(members[at], replayed);
                    _progress(Interlocked.Increment(ref done), members.Count);
                    return true;
                },
                cancellation);
            return part;
        }
    }

    private static async Task<BacktestTerms> TermsAsync(
        IJournalReader journal, BacktestReader reader, BacktestOrder order, CancellationToken cancellation)
    {
        var to = order.To ?? await reader.EndAsync(cancellation);
        var history = await ProgrammeHistory.ReadAsync(journal, cancellation);
        var published = await PublishedAsync(journal, reader, history, to, cancellation);
        return new()
        {
            Draft = order.Draft.WaitingSince(DatesOf(order, history).Since),
            Published = published,
            AgainstRecorded = order.AgainstRecorded,
            Version = reader.Version,
            From = order.From,
            To = to,
            IgnoresBudgets = order.IgnoresBudgets,
        };
    }

    /// <summary>What is in force at the end; where nothing was published, what decided the newest
    /// entry.</summary>
    private static async Task<Programme> PublishedAsync(
        IJournalReader journal, BacktestReader reader, ProgrammeHistory history, DateTimeOffset to,
        CancellationToken cancellation)
    {
        if (history.InForceAt(to) is { } publication)
            return (await reader.VersionAsync(publication.Version)).WaitingSince(publication.Timed.Since);
        for (var pos = journal.Commits.Pos; pos > 0; pos--)
            if (await journal.ReadAtAsync(pos, cancellation) is { RulesVersion.Length: > 0 } entry)
                return await reader.VersionAsync(entry.RulesVersion);
        throw new JournalDamagedException("No programme has decided anything in this journal.");
    }

    /// <summary>What was waited for when the time begins keeps its date; the rest begins then.</summary>
    private static TimedDates DatesOf(BacktestOrder order, ProgrammeHistory history)
    {
        var types = order.Draft.Timed.Select(timed => timed.Type);
        if (history.Publications.IsEmpty)
            return TimedDates.First(types);
        var first = history.Publications[0];
        var begins = order.From ?? first.EffectiveAt;
        return (history.InForceAt(begins) ?? first).Timed.Next(types, begins);
    }
}
