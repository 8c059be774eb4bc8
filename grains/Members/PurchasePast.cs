using System.Collections.Immutable;
using MallVip.Grains.Budgets;
using MallVip.Grains.Entries;
using MallVip.Rules.Deciding;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Grains.Members;

/// <summary>
/// A purchase in the journal: what came before it, the version that decided it, and all entries from it on.
/// </summary>
public sealed record PurchasePast(
    Need.OfPurchase Need, MemberState? Before, Programme? Programme, IReadOnlyList<EntryFacts> Since)
{
    public static PurchasePast NotFound(Need.OfPurchase need) => new(need, null, null, []);

    /// <summary>
    /// Adds what has been decided but is perhaps not durable yet, and folds it all. Null: no such purchase.
    /// </summary>
    public PurchaseHistory? Through(IReadOnlyList<DecidedEntry> recent)
    {
        if (Before is null || Programme is null)
            return null;
        var entries = ImmutableArray.CreateBuilder<EntryFacts>(Since.Count + recent.Count);
        entries.AddRange(Since);
        foreach (var entry in recent)
        {
            if (entries.Count == 0 || entry.Seq > entries[^1].Seq)
                entries.Add(Read(entry));
        }

        return PurchaseHistory.From(Need.Store, Need.Receipt, Before, Programme, entries.DrainToImmutable());
    }

    /// <summary>
    /// The same, beside what budgets gave. One that came while it was looked for is neither found nor
    /// missing: it is to be looked for again.
    /// </summary>
    public Fetched Beside(BudgetDraw? draw, IReadOnlyList<DecidedEntry> recent)
    {
        var history = Through(recent);
        var cameMeanwhile = history is null
            && recent.Any(entry => PurchaseArchive.Records(Read(entry).Facts, Need));
        return new(history, history is null && !cameMeanwhile ? Need : null, draw);
    }

    private static EntryFacts Read(DecidedEntry entry)
    {
        var body = JournalJson.ReadBody(entry.Body.Span);
        return new(entry.Seq, body.Command, body.Facts);
    }
}
