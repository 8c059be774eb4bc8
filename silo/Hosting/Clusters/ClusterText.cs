using System.Collections.Immutable;
using MallVip.Grains.Hosting;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Hosting.Clusters;

/// <summary>Tells an operator what of a cluster's tables is missing, and what to run.</summary>
internal static class ClusterText
{
    /// <summary>Null: nothing is missing.</summary>
    public static string? Describe(ImmutableArray<ClusterLack> lacks) => lacks.IsEmpty ? null : string.Join(
        Environment.NewLine,
        lacks.Select(Describe).Append(ConsoleText.Current.Format("cluster.scripts")));

    private static string Describe(ClusterLack lack) =>
        ConsoleText.Current.Format("cluster.lack", lack.Script, lack.Missing);
}
