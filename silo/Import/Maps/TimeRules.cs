namespace MallVip.Silo.Import.Maps;

/// <summary>What to do with a wall clock that exists twice.</summary>
internal enum AmbiguousTime
{
    Earlier,
    Later,
    Reject,
}

/// <summary>What to do with a wall clock that was skipped.</summary>
internal enum GapTime
{
    Forward,
    Reject,
}

/// <summary>How texts become instants.</summary>
/// <param name="Zone">Zone of a wall clock without offset; null: every text must carry an offset.</param>
/// <param name="Formats">.NET format strings, tried in order; empty: ISO 8601.</param>
/// <param name="Ambiguous">Default: the earlier of the two instants.</param>
/// <param name="Gap">Default: forward by the length of the gap (02:30 becomes 03:30).</param>
internal sealed record TimeRules(
    TimeZoneInfo? Zone, IReadOnlyList<string> Formats, AmbiguousTime Ambiguous, GapTime Gap)
{
    public static readonly TimeRules Default = new(null, [], AmbiguousTime.Earlier, GapTime.Forward);
}
