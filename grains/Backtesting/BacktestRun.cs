using System.Diagnostics;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Rules.Backtesting;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Backtesting;

/// <summary>
/// Decides the recorded history again under a draft, all members in parallel, and adds up what would have been
/// different. Nothing is written; it may run beside a silo.
/// </summary>
public sealed class BacktestRun
{
    private readonly BacktestOrder _order;
    private readonly BacktestReader _reader;
    private readonly BacktestTerms _terms;
    private readonly CpuShare _cpu;
    private readonly Action<long, long> _progress;
    private readonly List<MemberId> _members;
    private int _next = -1;
    private long _done;

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
        var parts = await Task.WhenAll(Enumerable.Range(0, _cpu.Threads)
            .Select(_ => Task.Run(() => WorkAsync(cancellation), cancellation)));
        var whole = parts[0];
        foreach (var part in parts[1..])
            whole.Join(part);
        whole.Before.Settle();
        whole.After.Settle();
        foreach (var member in whole.Deferred.Order())
            if (await _reader.ReplayAsync(member, _terms, (whole.Before, whole.After), cancellation)
                is { } settled)
                whole.Tally.Add(member, settled);
        return new(
            _order, _terms.To, whole.Tally.Members, whole.Tally.Entries, whole.After.Open, whole.After.Short,
            Stopwatch.GetElapsedTime(began), whole.Tally.Finish());
    }

    private async Task<BacktestPart> WorkAsync(CancellationToken cancellation)
    {
        var part = new BacktestPart(_terms);
        await _cpu.WorkAsync(
            async () =>
            {
                if (Interlocked.Increment(ref _next) is var at && at >= _members.Count)
                    return false;
                if (await _reader.ReplayAsync(_members[at], _terms, null, cancellation) is { } replayed)
                    part.Add(_members[at], replayed);
                _progress(Interlocked.Increment(ref _done), _members.Count);
                return true;
            },
            cancellation);
        return part;
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
