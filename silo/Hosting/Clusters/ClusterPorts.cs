using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using MallVip.Grains.Hosting;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Hosting.Clusters;

/// <summary>
/// Whether a silo can listen where its settings say. Orleans would let a second one listen at the address of
/// a first, which the cluster then takes for the first one's restart and puts the first one out.
/// </summary>
internal static class ClusterPorts
{
    /// <summary>What stands in the way, one sentence each; empty: nothing.</summary>
    public static ImmutableArray<string> Examine(ClusterSeat seat)
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        foreach (var (name, port) in new[]
            { (nameof(seat.SiloPort), seat.SiloPort), (nameof(seat.GatewayPort), seat.GatewayPort) })
        {
            if (port > 0 && Try(seat.Address, port) is { } error)
                faults.Add(Describe(error, name, port, seat.Address));
        }

        return [.. faults.Distinct(StringComparer.Ordinal)];
    }

    private static string Describe(SocketError error, string name, int port, IPAddress address) =>
        error == SocketError.AddressNotAvailable
            ? ConsoleText.Current.Format("cluster.not-here", address)
            : ConsoleText.Current.Format("cluster.taken", name, port, address, error);

    private static SocketError? Try(IPAddress address, int port)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
            return null;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode;
        }
    }
}
