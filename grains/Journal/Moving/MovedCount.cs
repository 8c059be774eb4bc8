namespace MallVip.Grains.Journal;

/// <summary>A table after a move, as each side was read.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Folder">Rows and print in the folder.</param>
/// <param name="Database">Rows and print in the database.</param>
public sealed record MovedCount(string Table, MovedRows Folder, MovedRows Database);

/// <summary>Rows, and a SHA-256 over all of them in order, as 64 hexadecimal digits.</summary>
public readonly record struct MovedRows(long Rows, string Print);
