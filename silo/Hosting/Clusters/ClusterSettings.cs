using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using MallVip.Grains.Hosting;
using MallVip.Silo.Texts;
using Microsoft.Extensions.Configuration;

namespace MallVip.Silo.Hosting.Clusters;

/// <summary>The silo's place in a cluster, as configured under <c>MallVip:Cluster</c> in
/// <c>appsettings.json</c> or the environment (<c>MallVip__Cluster__SiloPort</c>). Numbers are kept as text,
/// so that all that is wrong can be told at once.</summary>
public sealed record ClusterSettings
{
    private const int LongestName = 150;

    /// <summary>Default <c>mallvip</c>.</summary>
    public string ClusterId { get; init; } = "mallvip";

    /// <summary>Default <c>mallvip</c>.</summary>
    public string ServiceId { get; init; } = "mallvip";

    /// <summary>Default: the machine's name and the silo's port.</summary>
    public string? SiloName { get; init; }

    /// <summary>An IP address of this machine, or a name that resolves to one. Default <c>127.0.0.1</c>: all
    /// silos on one machine.</summary>
    public string AdvertisedAddress { get; init; } = "127.0.0.1";

    /// <summary>1 to 65535. Default 11111.</summary>
    public string SiloPort { get; init; } = "11111";

    /// <summary>0 to 65535; 0: no client can connect. Default 30000.</summary>
    public string GatewayPort { get; init; } = "30000";

    /// <summary>Whether anything stands in the section.</summary>
    public bool IsConfigured { get; private init; }

    /// <summary>See <see cref="ClusterSeat.IsClient"/>.</summary>
    internal bool IsClient { get; init; }

    private IConfigurationSection? Membership { get; init; }

    /// <summary>Reads <c>appsettings.json</c> of the working directory, and the environment over
    /// it.</summary>
    public static ClusterSettings Load()
    {
        var section = Settings.Section("Cluster");
        var settings = section.Get<ClusterSettings>() ?? new();
        return settings with
        {
            IsConfigured = section.GetChildren().Any(),
            Membership = section.GetSection("Membership"),
        };
    }

    /// <summary>All that is wrong, one sentence each; empty: nothing.</summary>
    public ImmutableArray<string> Examine()
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        ExamineName(nameof(ClusterId), ClusterId, faults);
        ExamineName(nameof(ServiceId), ServiceId, faults);
        if (SiloName is not null)
            ExamineName(nameof(SiloName), SiloName, faults);
        ExaminePort(nameof(SiloPort), SiloPort, 1, faults);
        ExaminePort(nameof(GatewayPort), GatewayPort, 0, faults);
        if (SiloPort == GatewayPort)
            faults.Add(ConsoleText.Current.Format("cluster.same-port", SiloPort));
        if (Uri.CheckHostName(AdvertisedAddress) is UriHostNameType.Unknown or UriHostNameType.Basic
            || (IPAddress.TryParse(AdvertisedAddress, out var address) && IsAny(address)))
            faults.Add(ConsoleText.Current.Format("cluster.address", AdvertisedAddress));
        return faults.ToImmutable();
    }

    /// <summary>The place that these settings name. They must be without fault.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The address is a name that nobody
    /// knows.</exception>
    public async Task<ClusterSeat> ResolveAsync(string connectionString, CancellationToken cancellation) =>
        new()
        {
            ClusterId = ClusterId,
            ServiceId = ServiceId,
            SiloName = SiloName ?? $"{Environment.MachineName}:{SiloPort}",
            Address = await AddressAsync(cancellation),
            SiloPort = int.Parse(SiloPort, CultureInfo.InvariantCulture),
            GatewayPort = int.Parse(GatewayPort, CultureInfo.InvariantCulture),
            ConnectionString = connectionString,
            IsClient = IsClient,
            Membership = Membership,
        };

    private async Task<IPAddress> AddressAsync(CancellationToken cancellation)
    {
        var found = await Dns.GetHostAddressesAsync(AdvertisedAddress, cancellation);
        return found.OrderBy(address => address.AddressFamily).First();
    }

    private static bool IsAny(IPAddress address) =>
        address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static void ExamineName(string name, string value, ImmutableArray<string>.Builder faults)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length > LongestName)
            faults.Add(ConsoleText.Current.Format("cluster.name", name, LongestName));
    }

    private static void ExaminePort(
        string name, string value, int least, ImmutableArray<string>.Builder faults)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port < least || port > IPEndPoint.MaxPort)
            faults.Add(ConsoleText.Current.Format("cluster.port", name, value, least, IPEndPoint.MaxPort));
    }
}
