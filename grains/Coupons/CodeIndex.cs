using MallVip.Grains.Entries;
using MallVip.Grains.Journal;

namespace MallVip.Grains.Coupons;

/// <summary>Finds the member's entry that made a code.</summary>
public sealed class CodeIndex(KeyIndex keys, IJournal journal)
{
    /// <summary>Null: there is none.</summary>
    public async Task<JournalEntry?> FindAsync(EventKey key)
    {
        var claim = await keys.KnownAsync(key);
        var entry = claim.Kind == KeyClaimKind.Written ? await journal.ReadAtAsync(claim.Pos) : null;
        return entry?.Grain.Kind == GrainKind.Member ? entry : null;
    }
}
