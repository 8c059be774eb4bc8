namespace MallVip.Silo.Import.Rows;

/// <summary>A row on its way to its group.</summary>
/// <param name="Key">Text of the column to group by; empty without grouping.</param>
/// <param name="Row">The row; of a faulty one only the text is sure.</param>
/// <param name="Fault">Why it cannot be used; null when it can.</param>
internal sealed record GroupedRow(string Key, Row Row, RowFault? Fault);
