namespace MallVip.Grains.Journal;

/// <summary>The problems found so far: all counted, the first kept.</summary>
internal sealed class AuditFindings(int keep)
{
    private readonly List<AuditProblem> _kept = [];

    public long Count { get; private set; }

    public IReadOnlyList<AuditProblem> Kept => _kept;

    public void Add(AuditCode code, JournalEntry entry, string message) =>
        Add(code, entry.Pos, entry.Grain, message);

    public void Add(AuditCode code, long pos, GrainKey? grain, string message)
    {
        Count++;
        if (_kept.Count < keep)
            _kept.Add(new AuditProblem(code, pos, grain, message));
    }
}
