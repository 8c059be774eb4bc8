using System.Collections.Immutable;
using System.Net;
using MallVip.Silo.Texts;
using Microsoft.Extensions.Configuration;

namespace MallVip.Silo.Hosting.Features;

/// <summary>What a grain runtime can do beside running grains, where it can.</summary>
public sealed record StackFeatures
{
    /// <summary>None of it.</summary>
    public static StackFeatures None { get; } = new();

    /// <summary>How the inbox delivers. Default: by calls.</summary>
    public InboxWay Inbox { get; init; }

    /// <summary>The dashboard's port on the loopback address; null: there is none.</summary>
    public int? DashboardPort { get; init; }

    /// <summary>What is wrong, one sentence each; empty: nothing.</summary>
    public ImmutableArray<string> Faults { get; init; } = [];

    /// <summary>Reads <c>MallVip:Streams</c> and <c>MallVip:Dashboard</c>.</summary>
    /// <param name="isClient">The process is to have no grains.</param>
    public static StackFeatures Load(bool isClient) => Of(
        Settings.Section("Streams").Get<StreamsSettings>() ?? new(),
        Settings.Section("Dashboard").Get<DashboardSettings>() ?? new(), GrainStack.KnowsClusters, isClient);

    internal static StackFeatures Of(
        StreamsSettings streams, DashboardSettings dashboard, bool isThere, bool isClient)
    {
        var faults = ImmutableArray.CreateBuilder<string>();
        var text = ConsoleText.Current;
        var way = Array.Find(
            Enum.GetNames<InboxWay>(),
            name => name.Equals(streams.Inbox, StringComparison.OrdinalIgnoreCase));
        var inbox = way is null ? InboxWay.Call : Enum.Parse<InboxWay>(way);
        if (way is null)
            faults.Add(text.Format(
                "features.inbox", streams.Inbox, string.Join(", ", Enum.GetNames<InboxWay>())));
        else if (inbox != InboxWay.Call && !isThere)
            faults.Add(text.Format("features.stack", "MallVip:Streams:Inbox", GrainStack.Name));
        if (dashboard.Port is { } port)
        {
            if (!isThere)
                faults.Add(text.Format("features.stack", "MallVip:Dashboard:Port", GrainStack.Name));
            else if (isClient)
                faults.Add(text.Format("features.dashboard-client"));
            if (port > IPEndPoint.MaxPort)
                faults.Add(text.Format("features.port", port, IPEndPoint.MaxPort));
        }

        return new() { Inbox = inbox, DashboardPort = dashboard.Port, Faults = faults.ToImmutable() };
    }
}
