using MallVip.Silo.Import.Rows;

namespace MallVip.Silo.Import.Maps;

/// <summary>A condition under <c>when:</c>; all of them must hold.</summary>
internal abstract record Condition(Column Column)
{
    public abstract bool Holds(Row row);

    /// <summary><c>column</c>: the cell is not empty.</summary>
    internal sealed record Filled(Column Column) : Condition(Column)
    {
        public override bool Holds(Row row) => row[Column].Length > 0;
    }

    /// <summary><c>"!column"</c>: the cell is empty.</summary>
    internal sealed record Blank(Column Column) : Condition(Column)
    {
        public override bool Holds(Row row) => row[Column].Length == 0;
    }

    /// <summary><c>column == text</c>.</summary>
    internal sealed record Is(Column Column, string Text) : Condition(Column)
    {
        public override bool Holds(Row row) => row[Column] == Text;
    }

    /// <summary><c>column != text</c>; an empty cell differs from every text.</summary>
    internal sealed record IsNot(Column Column, string Text) : Condition(Column)
    {
        public override bool Holds(Row row) => row[Column] != Text;
    }
}
