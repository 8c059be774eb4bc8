using System.Collections.Immutable;

namespace MallVip.Client.Health;

/// <summary>The process lives.</summary>
/// <param name="Status">Always <c>ok</c>.</param>
public sealed record HealthBody(string Status);

/// <summary>Whether the silo takes traffic.</summary>
/// <param name="Status"><c>ready</c>, <c>degraded</c> (it takes traffic and gives less than it should) or
/// <c>not-ready</c>.</param>
public sealed record ReadyBody(string Status, ImmutableArray<ComponentBody> Components);

/// <summary>One component's part.</summary>
public sealed record ComponentBody(string Name, bool Ready, string Detail);
