namespace MallVip.Grains.Journal;

/// <summary>A rule version as it was published, so that every entry can be explained for ever.</summary>
public sealed record RulesVersionRow(string Version, DateTimeOffset At, ReadOnlyMemory<byte> Body);
