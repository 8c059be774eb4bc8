namespace MallVip.Silo.Import.Rows;

/// <summary>One data row with the rows it is joined with.</summary>
/// <param name="Raw">Where it stands, and its text.</param>
/// <param name="Cells">One text per column; empty means missing.</param>
/// <param name="Joined">Per join the partner's cells; null where there is none.</param>
internal sealed record Row(RawRow Raw, string[] Cells, string[]?[] Joined)
{
    public string this[Column column] =>
        column.Join < 0 ? Cells[column.Index] : Joined[column.Join]?[column.Index] ?? "";
}
