namespace MallVip.Silo.Simulate;

/// <summary>What <c>mallvip simulate</c> was asked to do.</summary>
/// <param name="Simulation">What to simulate.</param>
/// <param name="OutPath">The NDJSON file to write; null: standard output.</param>
public sealed record SimulateOptions(SimulationOptions Simulation, string? OutPath);
