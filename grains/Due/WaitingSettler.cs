using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Grains.Programmes;
using MallVip.Rules.Commands;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Due;

/// <summary>
/// After the programme has changed, asks every member whose purchases wait for a store to decide those whose
/// store is declared by now. It reads the journal in the background, at the start and whenever a change
/// declares a store.
/// </summary>
public sealed partial class WaitingSettler : IAsyncDisposable
{
    /// <summary>The setting that names the version for which all members have been asked.</summary>
    public const string SettledFor = "settled-for";

    private const int PageLength = 4_096;

    private readonly IJournal _journal;
    private readonly ProgrammeHost _programmes;
    private readonly IGrainFactory _grains;
    private readonly ILogger<WaitingSettler> _log;
    private readonly SwitchErrand _errand;
    private Programme? _settled;

    public WaitingSettler(
        IJournal journal, ProgrammeHost programmes, IGrainFactory grains, TimeProvider time,
        ILogger<WaitingSettler> log)
    {
        (_journal, _programmes, _grains, _log) = (journal, programmes, grains, log);
        _errand = new(SettledFor, journal, programmes, time, RunAsync, failure => NotSettled(log, failure));
    }

    /// <summary>Settles now, and again after each change of the programme.</summary>
    public void Start() => _errand.Start();

    /// <summary>Ends early; what is left is done after the next start. May be called again.</summary>
    public Task StopAsync() => _errand.StopAsync();

    public ValueTask DisposeAsync() => _errand.DisposeAsync();

    /// <summary>
    /// Settles what can be settled under the programme in force; answers how many members were asked.
    /// </summary>
    public async Task<int> SettleAsync(CancellationToken cancellation)
    {
        var programme = _programmes.Current;
        var version = programme.Version;
        var asked = 0;
        if (await _journal.GetMetaAsync(SettledFor, cancellation) != version)
        {
            if (DeclaresStores(programme))
                asked = await AskAsync(version, cancellation);
            await _journal.SetMetaAsync(SettledFor, version, cancellation);
        }

        _settled = programme;
        return asked;
    }

    /// <summary>
    /// Most changes of a programme declare no store, and then nobody needs to be looked for.
    /// </summary>
    private bool DeclaresStores(Programme programme) =>
        _settled is not { } before || programme.Stores.Keys.Any(store => !before.Stores.ContainsKey(store));

    private async Task<int> AskAsync(string version, CancellationToken cancellation)
    {
        var members = await FindWaitingAsync(cancellation);
        foreach (var member in members)
            await SettleAsync(member, version, cancellation);
        return members.Count;
    }

    private async Task RunAsync(CancellationToken cancellation)
    {
        var asked = await SettleAsync(cancellation);
        if (asked > 0)
            Asked(_log, asked);
    }

    private async Task<HashSet<MemberId>> FindWaitingAsync(CancellationToken cancellation)
    {
        var members = new HashSet<MemberId>();
        var page = await _journal.TailAsync(TailPosition.Start, PageLength, cancellation);
        while (page.Entries.Count > 0)
        {
            foreach (var entry in page.Entries)
            {
                if (entry.Kind == MemberArchive.WaitingKind)
                    members.Add(new(entry.Grain.Id));
            }

            page = await _journal.TailAsync(page.Next, PageLength, cancellation);
        }

        return members;
    }

    /// <summary>
    /// One command settles all ready purchases or one refund; it is repeated until nothing is left to do.
    /// </summary>
    private async Task SettleAsync(MemberId member, string version, CancellationToken cancellation)
    {
        AnswerStatus status;
        var round = 0;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            var request = new MemberRequest
            {
                Command = new MemberCommand.SettleParked(),
                Key = EventKey.Of("settle", member.ToString(), $"{version}/{round++}"),
                Actor = "settle",
                AnyAge = true,
            };
            var answer = await Retry.OnFailedAppend(
                () => _grains.GetGrain<IMemberGrain>(member.ToString()).Handle(request));
            status = answer.Status;
        }
        while (status is AnswerStatus.Accepted or AnswerStatus.Duplicate);
    }

    [LoggerMessage(
        1, LogLevel.Information, "{Count} members were asked for purchases that waited for their store")]
    private static partial void Asked(ILogger log, int count);

    [LoggerMessage(
        2, LogLevel.Warning, "Waiting purchases were not settled; they are tried again in a minute")]
    private static partial void NotSettled(ILogger log, Exception failure);
}
