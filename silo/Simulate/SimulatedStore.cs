namespace MallVip.Silo.Simulate;

/// <summary>A store that simulated members buy in.</summary>
/// <param name="Code">The code in programme.yaml.</param>
/// <param name="Category">Its category there; the lines of its receipts carry it.</param>
public sealed record SimulatedStore(string Code, string Category);
