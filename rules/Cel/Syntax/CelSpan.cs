namespace MallVip.Rules.Cel;

/// <summary>
/// A place in the source: line and column are 1-based, offset 0-based, all in UTF-16 units.
/// </summary>
public readonly record struct CelSpan(int Offset, int Length, int Line, int Column);
