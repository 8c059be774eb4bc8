using System.Collections.Immutable;
using MallVip.Grains.Entries;
using MallVip.Rules.Deciding;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Grains.Members;

/// <summary>A purchase in the journal: what came before it, the version that decided it, and all entries from it on.</summary>
public sealed record PurchasePast(MemberState? Before, Programme? Programme, IReadOnlyList<DecidedEntry> Since)
{
    public static PurchasePast NotFound { get; } = new(null, null, []);

    /// <summary>Adds what has been decided but is perhaps not durable yet, and folds it all.</summary>
    public PurchaseLookup Through(IReadOnlyList<DecidedEntry> recent)
    {
        if (Before is null || Programme is null)
            return PurchaseLookup.NotFound;
        var entries = ImmutableArray.CreateBuilder<(long Seq, EntryBody Body)>(Since.Count + recent.Count);
        foreach (var entry in Since)
            entries.Add((entry.Seq, EntryBody.Parse(entry.Body)));
        foreach (var entry in recent)
        {
            if (entries.Count == 0 || entry.Seq > entries[^1].Seq)
                entries.Add((entry.Seq, EntryBody.Parse(entry.Body)));
        }

        return PurchaseHistory.From(Before, Programme, entries.ToImmutable());
    }
}
