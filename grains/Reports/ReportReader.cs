using MallVip.Grains.Entries;
using MallVip.Grains.Explaining;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Reports;

/// <summary>
/// Makes a report: reads the whole journal once, in pages, and keeps nothing open in between, so that it may
/// run beside a silo. Members that test keys registered are left out.
/// </summary>
public sealed class ReportReader
{
    private const int PageLength = 4_096;

    private readonly IJournalReader _journal;
    private readonly IReport _report;
    private readonly Dictionary<string, Programme> _programmes = new(StringComparer.Ordinal);
    private readonly HashSet<UInt128> _tests = [];

    private ReportReader(IJournalReader journal, IReport report) => (_journal, _report) = (journal, report);

    /// <exception cref="ArgumentException">No report has this name.</exception>
    /// <exception cref="JournalDamagedException">An entry or a rule version cannot be read.</exception>
    public static async Task<ReportTable> RunAsync(
        IJournalReader journal, ReportOrder order, CancellationToken cancellation)
    {
        var report = ReportCatalog.Create(order);
        var reader = new ReportReader(journal, report);
        var page = await journal.TailAsync(TailPosition.Start, PageLength, cancellation);
        while (page.Entries.Count > 0)
        {
            foreach (var entry in page.Entries)
                await reader.VisitAsync(entry);
            page = await journal.TailAsync(page.Next, PageLength, cancellation);
        }

        return report.Finish();
    }

    private async ValueTask VisitAsync(JournalEntry entry)
    {
        if (entry.Grain.Kind == GrainKind.Identity)
            _report.VisitIdentity(entry);
        if (entry.Grain.Kind != GrainKind.Member)
            return;
        if (entry.Seq == 1 && Actors.IsTest(entry.Actor))
            _tests.Add(entry.Grain.Id);
        if (_tests.Contains(entry.Grain.Id))
            return;
        if (!_programmes.TryGetValue(entry.RulesVersion, out var programme))
            _programmes[entry.RulesVersion] = programme =
                await ProgrammeReader.ReadAsync(_journal, entry.RulesVersion);
        _report.Visit(new(new MemberId(entry.Grain.Id), entry, MemberBody.Read(entry), programme));
    }
}
