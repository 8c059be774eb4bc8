namespace MallVip.System.Tests.Simulation;

/// <summary>A coupon as its shopper shows it.</summary>
internal sealed record SimulatedCard(int Phone, string Code, DateTimeOffset Until);
