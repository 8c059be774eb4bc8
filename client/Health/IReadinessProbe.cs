using System.Collections.Immutable;
using MallVip.Rules.Checking;

namespace MallVip.Client.Health;

/// <summary>
/// A component that must be ready before the silo takes traffic. Register as many as there are.
/// </summary>
public interface IReadinessProbe
{
    /// <summary>Short and stable: <c>journal</c>, <c>rules</c>.</summary>
    string Name { get; }

    /// <summary>Answers at once, from what the component knows. Throwing counts as not ready.</summary>
    ValueTask<Readiness> CheckAsync(CancellationToken cancellation);
}

/// <summary>Whether a component is ready.</summary>
/// <param name="Details">What an operator is told, without personal data.</param>
public readonly record struct Readiness(bool IsReady, params ImmutableArray<Sentence> Details)
{
    /// <summary>It works and gives less than it should; the details say what. Default false.</summary>
    public bool IsDegraded { get; init; }
}
