namespace MallVip.Grains.Journal;

/// <summary>The kinds of entries that the journal itself knows; all others belong to the grains.</summary>
public static class EntryKinds
{
    /// <summary>The journal's first entry: it holds the fingerprint of the server key.</summary>
    public const string JournalOpened = "journal-opened";

    /// <summary>An entry that repeats keys already in the journal, moved along by a claim or a merge: no
    /// duplicates.</summary>
    public const string CarriedFrom = "carried-from";
}
