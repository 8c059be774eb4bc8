using System.Collections.Immutable;
using System.Net.Sockets;
using MallVip.Client.Keys;
using MallVip.Grains.Hosting;
using MallVip.Grains.Journal;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Hosting.Clusters;

/// <summary>
/// The cluster that a silo is to join: one over the journal's database, on the stack that knows clusters.
/// Elsewhere a silo is alone.
/// </summary>
public sealed class ClusterChoice
{
    private readonly ClusterSettings? _settings;
    private readonly string? _database;

    private ClusterChoice(ClusterSettings? settings, string? database, ImmutableArray<string> faults) =>
        (_settings, _database, Faults) = (settings, database, faults);

    /// <summary>A silo by itself, whatever is configured.</summary>
    public static ClusterChoice None { get; } = new(null, null, []);

    /// <summary>What is wrong, one sentence each; empty: nothing.</summary>
    public ImmutableArray<string> Faults { get; }

    /// <summary>What is configured for silos over this journal.</summary>
    /// <param name="isClient">The process is to have no grains: a cluster there must be.</param>
    public static ClusterChoice Of(ClusterSettings settings, JournalChoice journal, bool isClient = false)
    {
        var asked = isClient ? "--api-only" : settings.IsConfigured ? "MallVip:Cluster" : null;
        if (!GrainStack.KnowsClusters)
            return Unless(asked, "cluster.stack");
        if (!journal.Faults.IsEmpty)
            return new(null, null, settings.Examine());
        return journal.Place.Database is { } database
            ? new(settings with { IsClient = isClient }, database, settings.Examine())
            : Unless(asked, "cluster.folder");
    }

    /// <summary>The place to take; null: the silo is alone.</summary>
    /// <exception cref="StartupRefusedException">The settings have faults: all of them.</exception>
    /// <exception cref="JournalException">The database cannot be reached, or lacks tables of the cluster.
    /// </exception>
    public async Task<ClusterSeat?> TakeAsync(CancellationToken cancellation)
    {
        if (!Faults.IsEmpty)
            throw new StartupRefusedException(Faults);
        if (_settings is null)
            return null;
        if (ClusterText.Describe(await ClusterTables.ExamineAsync(_database!, cancellation)) is { } lack)
            throw new JournalSchemaException(lack);
        var seat = await ResolveAsync(_settings, cancellation);
        if (!seat.IsClient && ClusterPorts.Examine(seat) is { Length: > 0 } taken)
            throw new StartupRefusedException(taken);
        return seat;
    }

    private async Task<ClusterSeat> ResolveAsync(ClusterSettings settings, CancellationToken cancellation)
    {
        try
        {
            return await settings.ResolveAsync(_database!, cancellation);
        }
        catch (SocketException)
        {
            throw new StartupRefusedException(
                [ConsoleText.Current.Format("cluster.unknown", settings.AdvertisedAddress)]);
        }
    }

    private static ClusterChoice Unless(string? asked, string fault) => asked is null
        ? None
        : new(null, null, [ConsoleText.Current.Format(fault, asked, GrainStack.Name)]);
}
