namespace MallVip.Grains.Journal;

/// <summary>A grain's newest entry: how many it has, where the newest stands and its hash.</summary>
public readonly record struct JournalHead(long Seq, long Pos, Hash256 Hash)
{
    /// <summary>A grain that has no entry.</summary>
    public static readonly JournalHead Empty;
}

/// <summary>The part of a head that is kept in memory for every grain.</summary>
public readonly record struct HeadPlace(long Seq, long Pos);
