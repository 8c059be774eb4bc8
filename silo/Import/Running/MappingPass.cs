using MallVip.Silo.Import.Mapping;
using MallVip.Silo.Import.Rows;
using MallVip.Silo.Import.Sorting;
using MallVip.Silo.Progress;

namespace MallVip.Silo.Import.Running;

/// <summary>
/// The first pass: rows become lines, sorted by time; what cannot become a line is rejected.
/// </summary>
internal sealed class MappingPass(PreparedImport import, ImportOptions options, SpillFolder folder)
{
    /// <summary>How many rows pass between two looks at the clock of progress and cancellation.</summary>
    private const int Stride = 1_000;

    private readonly SpillSorter<ImportLine> _sorter =
        new(folder, LineOrder.Instance, LineOrder.Instance, options.SortBytes);

    /// <summary>Lines made.</summary>
    public long Count => _sorter.Count;

    /// <summary>Maps the whole file.</summary>
    /// <param name="summary">Its row counts are filled in.</param>
    /// <param name="reject">Called for each rejected row.</param>
    /// <param name="progress">Told the bytes read.</param>
    /// <param name="cancellation">Looked at now and then.</param>
    public void Run(ImportSummary summary, Action<RawRow, RowFault> reject, IProgressBoard progress,
        CancellationToken cancellation)
    {
        var joiner = Joiner.Load(import.Map.Joins, import.Files.Locate);
        using var reader = new CsvRowReader(options.CsvPath, import.Map.Dialect);
        using LineMapper mapper = import.Map.Member is { } member
            ? new MemberMapper(import.Map, member)
            : new EventMapper(import.Map);
        var lines = new List<ImportLine>();
        var groups = new RowGroups(import.Map, joiner, folder, options.SortBytes);
        var nextLook = 0L;
        foreach (var group in groups.Read(reader))
        {
            summary.Rows += group.Count;
            Map(group, mapper, lines, summary, reject);
            if (summary.Rows < nextLook)
                continue;
            nextLook = summary.Rows + Stride;
            cancellation.ThrowIfCancellationRequested();
            progress.Report(reader.Position);
        }
        summary.Mapped = _sorter.Count;
    }

    /// <summary>The lines in the order in which they are sent.</summary>
    public IEnumerable<ImportLine> Lines() => _sorter.Sorted();

    private void Map(IReadOnlyList<GroupedRow> group, LineMapper mapper, List<ImportLine> lines,
        ImportSummary summary, Action<RawRow, RowFault> reject)
    {
        var faulty = group.FirstOrDefault(row => row.Fault is not null);
        if (faulty is not null)
        {
            Reject(group, row => row.Fault, faulty.Row.Raw.Line, summary, reject);
            return;
        }
        lines.Clear();
        if (mapper.Map(group.Select(row => row.Row).ToArray(), lines) is { } failed)
        {
            var (fault, at) = failed;
            Reject(group, row => row.Row == at ? fault : null, at.Raw.Line, summary, reject);
            return;
        }
        if (lines.Count == 0)
            summary.SkippedRows += group.Count;
        foreach (var line in lines)
            _sorter.Add(line);
    }

    private static void Reject(
        IReadOnlyList<GroupedRow> group, Func<GroupedRow, RowFault?> faultOf, long culprit,
        ImportSummary summary, Action<RawRow, RowFault> reject)
    {
        summary.RejectedRows += group.Count;
        var other = new RowFault(RejectCodes.GroupRejected, $"Line {culprit} of the same group is rejected.");
        foreach (var row in group)
            reject(row.Row.Raw, faultOf(row) ?? other);
    }
}
