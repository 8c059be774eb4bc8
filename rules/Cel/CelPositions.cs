namespace MallVip.Rules.Cel;

/// <summary>Offsets to lines and columns, for errors of evaluation.</summary>
internal static class CelPositions
{
    public static CelError Locate(CelError error, string source)
    {
        var before = source.AsSpan(0, Math.Min(error.Offset, source.Length));
        var line = 1 + before.Count('\n');
        return error with { Line = line, Column = before.Length - (before.LastIndexOf('\n') + 1) + 1 };
    }
}
