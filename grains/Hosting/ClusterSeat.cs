using System.Net;
using Microsoft.Extensions.Configuration;

namespace MallVip.Grains.Hosting;

/// <summary>A silo's place in a cluster over PostgreSQL, or what a client needs to find one.</summary>
public sealed record ClusterSeat
{
    /// <summary>The cluster that is joined; silos of different ids on one database are refused.</summary>
    public required string ClusterId { get; init; }

    /// <summary>The service, the same for as long as its data lives.</summary>
    public required string ServiceId { get; init; }

    /// <summary>How logs and the membership table name the silo.</summary>
    public required string SiloName { get; init; }

    /// <summary>Where other silos and clients reach it, and where it listens.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>The port for silos.</summary>
    public required int SiloPort { get; init; }

    /// <summary>The port for clients; 0: none can connect.</summary>
    public required int GatewayPort { get; init; }

    /// <summary>The database with the membership table; never logged.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Whether grains live in other processes only, and this one is the cluster's client: it has no
    /// address of its own then. Default false.</summary>
    public bool IsClient { get; init; }

    /// <summary>Address and port for silos; null for a client, which has none.</summary>
    public string? EndPoint => IsClient ? null : new IPEndPoint(Address, SiloPort).ToString();

    /// <summary>What the others are told of this process's build. Default:
    /// <see cref="BuildMark.Own"/>.</summary>
    public string Build { get; init; } = BuildMark.Own;

    /// <summary>Values of the runtime's membership options by their names, over ours; null: none.</summary>
    public IConfigurationSection? Membership { get; init; }

    public override string ToString() => $"{SiloName} of {ClusterId} at {Address}:{SiloPort}";
}
