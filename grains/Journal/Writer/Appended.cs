namespace MallVip.Grains.Journal;

/// <summary>The outcome of an append: where the entry stands, durably.</summary>
public readonly record struct Appended(long Pos);
