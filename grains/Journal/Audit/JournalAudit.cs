namespace MallVip.Grains.Journal;

/// <summary>
/// Reads a whole journal and proves, from the stored bytes alone, that nothing in it was changed, lost, cut
/// out or written twice. It shares no state with the live path and may run beside a silo. Memory: one record
/// per grain and a bounded share of the keys.
/// </summary>
public static class JournalAudit
{
    private const int PageEntries = 2_048;

    /// <summary>Audits everything committed by now (and what comes while it reads).</summary>
    public static async ValueTask<AuditReport> RunAsync(
        IJournalReader journal, AuditOptions? options = null, CancellationToken cancel = default)
    {
        options ??= new AuditOptions();
        var findings = new AuditFindings(options.MaxProblems);
        var chains = new ChainAudit(findings);
        var roots = new RootAudit(journal, options.Anchor, findings);
        var passes = checked((int)((journal.Commits.Pos / Math.Max(1, options.KeysPerPass)) + 1));
        var keys = new KeyAudit(passes, findings);
        var storedAtStart = await journal.LastRootsAsync(cancel);
        var entries = 0L;
        await foreach (var entry in EntriesAsync(journal, cancel))
        {
            entries++;
            chains.Visit(entry);
            await roots.VisitAsync(entry);
            keys.Visit(entry);
            options.Visit?.Invoke(entry);
        }

        await roots.EndAsync(storedAtStart);
        while (keys.EndPass())
        {
            await foreach (var entry in EntriesAsync(journal, cancel))
                keys.Visit(entry);
        }

        return new AuditReport(
            entries, chains.Grains, roots.Batches, keys.Compared, findings.Count, findings.Kept,
            roots.Anchor(entries));
    }

    private static async IAsyncEnumerable<JournalEntry> EntriesAsync(
        IJournalReader journal,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var position = TailPosition.Start;
        while (true)
        {
            var page = await journal.TailAsync(position, PageEntries, cancel);
            if (page.Entries.Count == 0)
                yield break;
            foreach (var entry in page.Entries)
                yield return entry;
            position = page.Next;
        }
    }
}
