using MallVip.Grains.Tests.Journal.Postgres;

namespace MallVip.System.Tests.Postgres;

/// <summary>As <see cref="PostgresFactAttribute"/>, for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresTheoryAttribute : TheoryAttribute
{
    public PostgresTheoryAttribute()
    {
        if (PostgresCluster.Programs is null)
            Skip = PostgresFactAttribute.Reason;
    }
}
