using System.Data.Common;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Grains.Programmes;
using MallVip.Rules.Due;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Due;

/// <summary>
/// After a change of the programme that may bring work earlier, moves the due rows of all members who sleep:
/// whoever is awake is armed by the next entry. It reads states beside the grains, in the background, one
/// member after another, and rests for as long as it has worked; only rows that must move are written, and no
/// entries. A row is moved only while the member's newest entry is the one that was read.
/// </summary>
public sealed partial class DueSweep : IAsyncDisposable
{
    /// <summary>Members between two rests, and rows in one transaction.</summary>
    public const int BatchLength = 32;

    /// <summary>The longest rest, so that a moved clock does not stretch it.</summary>
    public static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(100);

    private const int MembersBetweenMarks = 2_048;

    /// <summary>A journal that nobody is in yet has no more: the key's fingerprint, a publish or
    /// two.</summary>
    private const int FewEntries = 16;

    private readonly MemberServices _services;
    private readonly DueSignal _signal;
    private readonly ILogger<DueSweep> _log;
    private readonly SwitchErrand _errand;

    public DueSweep(MemberServices services, DueSignal signal, ILogger<DueSweep> log)
    {
        (_services, _signal, _log) = (services, signal, log);
        _errand = new(
            SweepMark.Setting, services.Journal, services.Programmes, services.Time, RunAsync,
            failure => NotSwept(log, failure));
    }

    /// <summary>Sweeps from now on if need be, and again after each change of the programme. To be called
    /// before any event is taken: who comes later is armed by the programme in force.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        if (await IsNobodyHereAsync(cancellation))
        {
            var outlook = DueOutlook.Of(_services.Programmes.Newest.Programme);
            await new SweepMark(outlook, IJournal.Shares).WriteAsync(_services.Journal, cancellation);
        }

        _errand.Start();
    }

    /// <summary>Ends early; the rest is done after the next start. May be called again.</summary>
    public Task StopAsync() => _errand.StopAsync();

    public ValueTask DisposeAsync() => _errand.DisposeAsync();

    /// <summary>
    /// Sweeps what is left to sweep for the programme in force; answers how many members were looked at.
    /// Ends early when the programme changes.
    /// </summary>
    public async Task<long> SweepAsync(CancellationToken cancellation)
    {
        _ = _services.Programmes.Now;
        var inForce = _services.Programmes.Newest;
        var outlook = DueOutlook.Of(inForce.Programme);
        var mark = SweepMark.For(outlook, await SweepMark.ReadAsync(_services.Journal, cancellation));
        await mark.WriteAsync(_services.Journal, cancellation);
        if (mark.IsWhole)
            return 0;
        // What was decided before the change and is on its way armed its row for the old programme.
        if (_services.Journal.IsShared)
            await Task.Delay(ProgrammeFollower.Grace, TimeProvider.System, cancellation);
        await _services.Writer.SettledAsync().WaitAsync(cancellation);
        return await SweepAsync(inForce, mark, cancellation);
    }

    /// <summary>Before the first member there is nobody to look at. Not asked where silos share the journal:
    /// another may be enrolling by an older programme.</summary>
    private async Task<bool> IsNobodyHereAsync(CancellationToken cancellation)
    {
        if (_services.Journal.IsShared)
            return false;
        var first = await _services.Journal.TailAsync(TailPosition.Start, FewEntries, cancellation);
        return first.Entries.Count < FewEntries
            && first.Entries.All(entry => entry.Grain.Kind != GrainKind.Member);
    }

    private async Task<long> SweepAsync(InForce inForce, SweepMark mark, CancellationToken cancellation)
    {
        var (members, unmarked) = (0L, 0);
        while (!mark.IsWhole)
        {
            var grains = await _services.Journal.GrainsAsync(mark.Done, cancellation);
            var share = grains.Where(grain => grain.Kind == GrainKind.Member).ToArray();
            foreach (var batch in share.Chunk(BatchLength))
            {
                if (!await ArmAsync(batch, inForce, cancellation))
                    return members;
                members += batch.Length;
            }

            mark = mark with { Done = mark.Done + 1 };
            unmarked += share.Length;
            if (unmarked < MembersBetweenMarks && !mark.IsWhole)
                continue;
            await mark.WriteAsync(_services.Journal, cancellation);
            unmarked = 0;
        }

        return members;
    }

    /// <summary>False: the programme has changed, and nothing was done.</summary>
    private async Task<bool> ArmAsync(GrainKey[] members, InForce inForce, CancellationToken cancellation)
    {
        var begun = _services.Time.GetTimestamp();
        var rows = new List<DueAdvance>(members.Length);
        foreach (var member in members)
        {
            cancellation.ThrowIfCancellationRequested();
            if (await LookAsync(member, inForce, cancellation) is { } row)
                rows.Add(row);
        }

        if (!ReferenceEquals(inForce, _services.Programmes.Newest))
            return false;
        await _services.Journal.AdvanceDueAsync(rows, cancellation);
        if (rows.Count > 0)
            _signal.Notice(rows.Min(row => row.At));
        await RestAsync(_services.Time.GetElapsedTime(begun), cancellation);
        return true;
    }

    /// <summary>When a member has work next; null: never, or it cannot be told.</summary>
    private async Task<DueAdvance?> LookAsync(
        GrainKey member, InForce inForce, CancellationToken cancellation)
    {
        try
        {
            var archive = new MemberArchive(_services, new MemberId(member.Id));
            var timeline = await archive.OpenAsync(cancellation);
            return DueQueue.NextDue(timeline.State, inForce.Programme) is { } at
                ? new(member, timeline.Seq, at)
                : null;
        }
        catch (Exception failure) when (!IsPassing(failure))
        {
            Unreadable(_log, member, failure);
            return null;
        }
    }

    /// <summary>Everything else is about one member, and must not keep the others waiting.</summary>
    private static bool IsPassing(Exception failure) =>
        Unavailable.Is(failure) || failure is OperationCanceledException or OutOfMemoryException
            or IOException or DbException or ObjectDisposedException;

    private async Task RestAsync(TimeSpan worked, CancellationToken cancellation)
    {
        if (worked > TimeSpan.Zero)
            await Task.Delay(worked < LongestRest ? worked : LongestRest, _services.Time, cancellation);
        else
            await Task.Yield();
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        var members = await SweepAsync(cancellation);
        if (members > 0)
            Swept(_log, members);
    }

    [LoggerMessage(1, LogLevel.Information, "The due rows of {Count} members follow the new programme")]
    private static partial void Swept(ILogger log, long count);

    [LoggerMessage(
        2, LogLevel.Warning, "Due rows do not follow the new programme yet; it is tried again in a minute")]
    private static partial void NotSwept(ILogger log, Exception failure);

    [LoggerMessage(3, LogLevel.Error, "The due row of {Member} does not follow the new programme")]
    private static partial void Unreadable(ILogger log, GrainKey member, Exception failure);
}
