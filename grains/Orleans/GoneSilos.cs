using System.Net;
using System.Net.Sockets;
using MallVip.Grains.Journal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace MallVip.Grains.Orleans;

/// <summary>
/// Before a silo joins, takes those out of the list of silos that have died with nobody left to notice.
/// Orleans would wait for them: who joins must reach all others first.
/// </summary>
/// <remarks>
/// One is gone if no session of its process stands in the journal's database, nothing listens at its address,
/// and it has not said that it lives for two of its periods. A slow one still listens; a frozen one still has
/// its session; one that has only lost its session says that it lives. The list's own etags decide between
/// silos that start at the same time.
/// </remarks>
internal sealed partial class GoneSilos(
    IMembershipTable table, ILocalSiloDetails self, IJournal journal,
    IOptions<ClusterMembershipOptions> membership, ILogger<GoneSilos> log)
    : ILifecycleParticipant<ISiloLifecycle>
{
    private const int MissedSigns = 2;

    /// <summary>The list has been read for the first time, and this silo does not stand in it yet.</summary>
    private const int BeforeJoining = ServiceLifecycleStage.AfterRuntimeGrainServices - 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    private TimeSpan Fresh => MissedSigns * membership.Value.IAmAliveTablePublishTimeout;

    public void Participate(ISiloLifecycle observer)
    {
        if (journal is PostgresJournal database)
            observer.Subscribe(nameof(GoneSilos), BeforeJoining, cancel => ClearAsync(database, cancel));
    }

    /// <summary>Whoever is gone is known to be so within that time; what is left is for Orleans to
    /// judge.</summary>
    private async Task ClearAsync(PostgresJournal database, CancellationToken cancel)
    {
        var until = Now + Fresh + Patience;
        while (await MayClearMoreAsync(database, cancel) && Now < until)
            await Task.Delay(LookAgain, TimeProvider.System, cancel);
    }

    private async Task<bool> MayClearMoreAsync(PostgresJournal database, CancellationToken cancel)
    {
        var list = await table.ReadAll();
        var isLater = false;
        foreach (var (entry, etag) in list.Members)
        {
            if (entry.Status != SiloStatus.Active || !await IsGoneAsync(database, entry, cancel))
                continue;
            if (Now - LastSign(entry) > Fresh)
            {
                await DeclareAsync(entry, etag, list.Version);
                // The list is another one now.
                return true;
            }

            isLater = true;
        }

        return isLater;
    }

    private async Task<bool> IsGoneAsync(
        PostgresJournal database, MembershipEntry entry, CancellationToken cancel)
    {
        var address = entry.SiloAddress.Endpoint;
        // Whoever starts at the address of a dead one takes its place by itself.
        return !address.Equals(self.SiloAddress.Endpoint)
            && !await database.HasSessionAsync(address.ToString(), cancel)
            && !await ListensAsync(address, cancel);
    }

    private async Task DeclareAsync(MembershipEntry entry, string etag, TableVersion version)
    {
        var lastSign = LastSign(entry);
        entry.AddSuspector(self.SiloAddress, Now);
        entry.Status = SiloStatus.Dead;
        if (await table.UpdateRow(entry, etag, version.Next()))
            Declared(log, entry.SiloName, entry.SiloAddress.Endpoint, lastSign);
    }

    private static DateTime Now => TimeProvider.System.GetUtcNow().UtcDateTime;

    private static DateTime LastSign(MembershipEntry entry) =>
        entry.IAmAliveTime > entry.StartTime ? entry.IAmAliveTime : entry.StartTime;

    private static async Task<bool> ListensAsync(IPEndPoint address, CancellationToken cancel)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        try
        {
            await socket.ConnectAsync(address, limit.Token);
            return true;
        }
        catch (Exception failure) when (
            failure is SocketException
            || (failure is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return false;
        }
    }

    [LoggerMessage(
        1, LogLevel.Warning,
        "Silo {Name} at {Address} is gone, and was taken out of the cluster; it last said that it lives at "
        + "{LastSign:u}")]
    private static partial void Declared(ILogger log, string name, IPEndPoint address, DateTime lastSign);
}
