namespace MallVip.Silo.Import;

/// <summary>One mapped line on its way to the sink.</summary>
/// <param name="Line">Line of the CSV file, from 1, on which the (first) row behind it starts.</param>
/// <param name="Time">The event's time, or the member's enrolment.</param>
/// <param name="Json">UTF-8 JSON: a CloudEvents 1.0 event, or an <see cref="OpeningMember"/>.</param>
public sealed record ImportLine(long Line, DateTimeOffset Time, ReadOnlyMemory<byte> Json)
{
    /// <summary>The rows behind the line, for the reject file.</summary>
    internal IReadOnlyList<Rows.RawRow> Rows { get; init; } = [];

    /// <summary>Order among lines of one instant.</summary>
    internal int TieRank { get; init; }

    /// <summary>Place in the map's emit list.</summary>
    internal int EmitIndex { get; init; }
}
