namespace MallVip.Grains.Tests.Journal.Postgres;

/// <summary>A test that needs PostgreSQL's programs and says so where there are none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public const string Reason = "skipped: PostgreSQL's programs (initdb, postgres) were not found.";

    public PostgresFactAttribute()
    {
        if (PostgresCluster.Programs is null)
            Skip = Reason;
    }
}
