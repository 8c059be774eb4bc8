namespace MallVip.Silo.Import.Rows;

/// <summary>A row as it stands in the file, for the reject file.</summary>
/// <param name="Line">The line it starts on, from 1.</param>
/// <param name="Text">Its text without the line end.</param>
internal readonly record struct RawRow(long Line, string Text);
