using System.Collections.Immutable;

namespace MallVip.Client.Wire;

/// <summary>A report: rows under the columns that docs/reports.md lists.</summary>
/// <param name="Report">Its name.</param>
/// <param name="Rows">By column; a cell that is nothing is left out, amounts with decimals are
/// strings.</param>
/// <param name="From">The first day that counts; none: from the beginning.</param>
/// <param name="To">The last day that counts; none: to the end.</param>
public sealed record ReportBody(
    string Report, ImmutableArray<ImmutableSortedDictionary<string, object>> Rows, DateOnly? From = null,
    DateOnly? To = null);
