using MallVip.Grains.Tests.Journal.Postgres;
using MallVip.Silo.Hosting;

namespace MallVip.System.Tests.Postgres;

/// <summary>A test with a silo over PostgreSQL; says what is missing where it is.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SiloFactAttribute : FactAttribute
{
    public SiloFactAttribute() => Skip = Reason;

    /// <summary>What is missing; null: nothing.</summary>
    public static string? Reason =>
        PostgresCluster.Programs is null ? PostgresFactAttribute.Reason
        : GrainStack.KnowsClusters && ClusterScripts.Folder is null
            ? "skipped: MALLVIP_ORLEANS_SQL names no folder with "
                + $"{string.Join(" and ", ClusterScripts.Names)}."
            : null;
}
