namespace MallVip.Rules.Checking;

/// <summary>
/// A place in a programme's file. Line and column count from 1; the file is relative, with slashes.
/// </summary>
public readonly record struct Place(string File, int Line, int Column)
{
    public override string ToString() => $"{File}:{Line}:{Column}";
}
