namespace MallVip.Grains.Journal;

/// <summary>Finds keys, an entry's own or its further ones (a receipt), that stand twice; one share of all
/// keys at a time.</summary>
internal sealed class KeyAudit(int passes, AuditFindings findings)
{
    private readonly List<KeyAt> _keys = [];
    private int _pass;

    public long Compared { get; private set; }

    public void Visit(JournalEntry entry)
    {
        if (string.Equals(entry.Kind, EntryKinds.CarriedFrom, StringComparison.Ordinal))
            return;
        Add(entry.Key, entry.Pos);
        foreach (var key in entry.ExtraKeys)
            Add(key, entry.Pos);
    }

    /// <summary>Compares this pass's share; true when another pass through the journal is needed.</summary>
    public bool EndPass()
    {
        _keys.Sort(static (a, b) => a.Key == b.Key ? a.Pos.CompareTo(b.Pos) : a.Key.CompareTo(b.Key));
        for (var i = 1; i < _keys.Count; i++)
        {
            if (_keys[i].Key == _keys[i - 1].Key)
            {
                findings.Add(AuditCode.DuplicateKey, _keys[i].Pos, null,
                    $"Key {_keys[i].Key} stands at place {_keys[i - 1].Pos} already.");
            }
        }

        Compared += _keys.Count;
        _keys.Clear();
        return ++_pass < passes;
    }

    private void Add(EventKey key, long pos)
    {
        if (!key.IsNone && (passes == 1 || (int)(key.Value % (uint)passes) == _pass))
            _keys.Add(new KeyAt(key, pos));
    }
}
