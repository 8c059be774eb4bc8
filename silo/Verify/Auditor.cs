using System.Text.Json;
using MallVip.Grains.Batches;
using MallVip.Grains.Budgets;
using MallVip.Grains.Identities;
using MallVip.Grains.Journal;
using MallVip.Grains.Parking;
using MallVip.Grains.Programmes;
using MallVip.Grains.Slips;
using MallVip.Grains.Stock;
using MallVip.Rules.Audit;
using MallVip.Rules.Journaling;
using MallVip.Rules.Quantities;

namespace MallVip.Silo.Verify;

/// <summary>What an audit of journal and ledgers found.</summary>
/// <param name="Journal">Chains, roots and keys.</param>
/// <param name="Members">Ledgers re-added.</param>
/// <param name="Lines">Facts read.</param>
/// <param name="LedgerProblemCount">All problems of ledgers.</param>
/// <param name="LedgerProblems">The first of them, one sentence each.</param>
public sealed record AuditResult(
    AuditReport Journal, long Members, long Lines, long LedgerProblemCount,
    IReadOnlyList<string> LedgerProblems)
{
    public bool IsClean => Journal.IsClean && LedgerProblemCount == 0;
}

/// <summary>Audits a journal and every member's ledger in one pass, by arithmetic of its own.</summary>
public sealed class Auditor
{
    private const int MostProblems = 100;

    private readonly Dictionary<UInt128, LedgerAudit> _ledgers = [];
    private readonly List<string> _unreadable = [];
    private readonly BudgetAudit _budgets = new();
    private readonly TransferAudit _transfers = new();
    private readonly MergeAudit _merges = new();
    private readonly ReferralAudit _referrals = new();
    private readonly IdentityAudit _identities = new();
    private readonly SlipAudit _slips = new();
    private readonly BatchAudit _batches = new();
    private readonly ParkingAudit _parking = new();
    private readonly StockAudit _stocks = new();
    private ProgrammeHistory _programme = ProgrammeHistory.Empty;
    private long _lines;

    private Auditor()
    {
    }

    public static async Task<AuditResult> RunAsync(
        IJournalReader journal, JournalAnchor? anchor, CancellationToken cancellation)
    {
        var auditor = new Auditor();
        var report = await JournalAudit.RunAsync(
            journal, new AuditOptions { Anchor = anchor, Visit = auditor.Visit }, cancellation);
        return auditor.Conclude(report);
    }

    private void Visit(JournalEntry entry)
    {
        try
        {
            VisitReadable(entry);
        }
        catch (Exception failure) when (
            failure is JsonException or NewerVersionException or JournalDamagedException)
        {
            _unreadable.Add($"{entry.Grain} {entry.Seq}: unreadable: {failure.Message}");
        }
    }

    private void VisitReadable(JournalEntry entry)
    {
        if (entry.Grain == ProgrammeHistory.Grain)
            VisitProgramme(entry);
        switch (entry.Grain.Kind)
        {
            case GrainKind.Member:
                VisitMember(entry);
                break;
            case GrainKind.Budget:
                _budgets.VisitBudget(entry);
                break;
            case GrainKind.Identity:
                _identities.Visit(entry.Grain.Id, IdentityBody.Parse(entry.Body).Facts);
                break;
            case GrainKind.Slip:
                _slips.Visit(entry);
                break;
            case GrainKind.CarPark:
                _parking.Visit(entry);
                break;
            case GrainKind.Stock:
                _stocks.Visit(entry);
                break;
            case GrainKind.Batch:
                _batches.Visit(entry.Grain.Id, BatchBody.Parse(entry.Body).Facts);
                break;
        }
    }

    private void VisitMember(JournalEntry entry)
    {
        if (!_ledgers.TryGetValue(entry.Grain.Id, out var ledger))
            _ledgers.Add(entry.Grain.Id, ledger = new LedgerAudit());
        var body = JournalJson.ReadBody(entry.Body.Span);
        _lines += body.Facts.Length;
        ledger.Add(entry.Seq, body, LedgerOf);
        _budgets.VisitMember(entry, body.Facts);
        _transfers.Visit(entry.Grain.Id, body.Facts);
        _merges.Visit(entry.Grain.Id, body.Facts);
        _referrals.Visit(entry.Grain.Id, body.Facts);
        _identities.VisitMember(entry.Grain.Id, body.Facts);
        _slips.VisitMember(entry);
        _parking.VisitMember(body.Facts);
        _batches.VisitMember(entry.Key, body.Facts);
        _stocks.VisitMember(entry, body.Facts);
    }

    private LedgerAudit? LedgerOf(MemberId member) => _ledgers.GetValueOrDefault(member.Value);

    /// <summary>
    /// Each publish names the one before it; the chain of hashes is the journal's own business.
    /// </summary>
    private void VisitProgramme(JournalEntry entry)
    {
        var next = _programme.Apply(entry);
        if (next.Head?.Parent != _programme.Head?.Version)
            _unreadable.Add($"{entry.Grain} {entry.Seq}: publish_parent: it follows another.");
        _programme = next;
    }

    private AuditResult Conclude(AuditReport report)
    {
        string[] across =
        [
            .. _unreadable, .. _budgets.Problems, .. _transfers.Problems, .. _merges.Problems,
            .. _referrals.Problems, .. _identities.Problems, .. _slips.Problems, .. _batches.Problems,
            .. _parking.Problems,
            .. _stocks.Problems,
        ];
        var count = (long)across.Length;
        var kept = across.Take(MostProblems).ToList();
        foreach (var (member, ledger) in _ledgers)
        {
            count += ledger.Problems.Count;
            foreach (var problem in ledger.Problems.Take(MostProblems - kept.Count))
                kept.Add($"{new GrainKey(GrainKind.Member, member)} {problem.Seq}: {problem.Code}: "
                    + $"{problem.Detail}");
        }

        return new(report, _ledgers.Count, _lines, count, kept);
    }
}
