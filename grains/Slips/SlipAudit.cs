using MallVip.Grains.Journal;

namespace MallVip.Grains.Slips;

/// <summary>
/// Compares slips with their members' entries: what a slip says is recorded, is; and no member has a slip's
/// purchase that was not approved. Entries are visited in the order of the journal.
/// </summary>
public sealed class SlipAudit
{
    private readonly Dictionary<UInt128, SlipState> _slips = [];
    private readonly Dictionary<EventKey, Slip> _open = [];
    private readonly HashSet<EventKey> _recorded = [];
    private readonly List<string> _problems = [];

    /// <summary>One sentence each.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <param name="entry">Of a receipt's slips.</param>
    /// <exception cref="JournalDamagedException">It cannot be read.</exception>
    public void Visit(JournalEntry entry)
    {
        var state = _slips.GetValueOrDefault(entry.Grain.Id, SlipState.Empty);
        foreach (var fact in SlipEntryBody.Parse(entry.Body).Facts)
        {
            state = state.Apply(fact);
            var slip = state.Latest!;
            var key = SlipRecorder.KeyOf(slip.HandedIn.Event);
            if (slip.IsOpen)
                _open[key] = slip;
            else if (_open.Remove(key) && slip.Status == SlipStatus.Recorded && !_recorded.Remove(key))
                _problems.Add($"{entry.Grain} {entry.Seq}: slip_without_purchase: no member has it.");
        }

        // Of a receipt whose slips have all ended nothing has to be remembered.
        if (state.Latest is { IsOpen: true })
            _slips[entry.Grain.Id] = state;
        else
            _slips.Remove(entry.Grain.Id);
    }

    /// <param name="entry">Of any member.</param>
    public void VisitMember(JournalEntry entry)
    {
        if (entry.Key.IsNone || !_open.TryGetValue(entry.Key, out var slip))
            return;
        _recorded.Add(entry.Key);
        if (slip.Status != SlipStatus.Approved)
            _problems.Add($"{entry.Grain} {entry.Seq}: purchase_without_approval: the slip waits.");
    }
}
