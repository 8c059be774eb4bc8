using MallVip.System.Tests.Postgres;

namespace MallVip.System.Tests.Cluster;

/// <summary>As <see cref="SiloFactAttribute"/>, for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SiloTheoryAttribute : TheoryAttribute
{
    public SiloTheoryAttribute() => Skip = SiloFactAttribute.Reason;
}
