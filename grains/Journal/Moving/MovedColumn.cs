namespace MallVip.Grains.Journal;

/// <summary>A column that stands on both sides of a move under one name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">How it is stored.</param>
internal readonly record struct MovedColumn(string Name, MovedKind Kind)
{
    public bool IsNumber => Kind is MovedKind.Long or MovedKind.Int;

    /// <summary>What the database is asked for, so that it answers numbers of 8 bytes or bytes.</summary>
    public string Asked => Kind switch
    {
        MovedKind.Int => $"{Name}::bigint",
        MovedKind.Text => $"convert_to({Name}, 'UTF8')",
        _ => Name,
    };
}

/// <summary>How a column is stored in the folder and in the database.</summary>
internal enum MovedKind : byte
{
    /// <summary><c>INTEGER</c>, <c>bigint</c>.</summary>
    Long,

    /// <summary><c>INTEGER</c>, <c>integer</c>.</summary>
    Int,

    /// <summary><c>TEXT</c>, <c>text</c>.</summary>
    Text,

    /// <summary><c>BLOB</c> or <c>TEXT</c>, <c>bytea</c>: the same bytes.</summary>
    Bytes,
}
