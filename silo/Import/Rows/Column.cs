namespace MallVip.Silo.Import.Rows;

/// <summary>A column a map refers to, found in the header.</summary>
/// <param name="Name">As written in the map.</param>
/// <param name="Join">-1 for the main file, else the position of the join.</param>
/// <param name="Index">Position of the cell.</param>
internal readonly record struct Column(string Name, int Join, int Index);
