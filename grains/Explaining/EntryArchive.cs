using MallVip.Grains.Journal;
using MallVip.Rules.Explaining;
using MallVip.Rules.Journaling;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Explaining;

/// <summary>
/// Reads what explanations need out of a journal, beside a running silo or within it. Only committed entries
/// are there.
/// </summary>
/// <param name="programmeOf">The programme of a version, from the archive.</param>
public sealed class EntryArchive(IJournalReader journal, Func<string, Task<Programme>> programmeOf)
{
    /// <summary>A member's entries up to one, with the programmes that matter for it; null: there is no such
    /// entry.</summary>
    /// <exception cref="JournalDamagedException">A version is not in the archive, or no longer
    /// compiles.</exception>
    public async Task<MemberPast?> ReadAsync(MemberId member, long seq, CancellationToken cancellation)
    {
        var entries = await EntriesAsync(member, seq, cancellation);
        return entries.Count == 0 || entries[^1].Seq != seq
            ? null
            : MemberPast.Of(entries, await ProgrammesAsync(MemberPast.VersionsOf(entries)));
    }

    /// <summary>A member's entries up to a number, oldest first.</summary>
    public async Task<IReadOnlyList<PastEntry>> EntriesAsync(
        MemberId member, long last, CancellationToken cancellation)
    {
        var entries = new List<PastEntry>();
        var grain = new GrainKey(GrainKind.Member, member.Value);
        foreach (var entry in await journal.ReadAsync(grain, 0, cancellation))
        {
            if (entry.Seq > last)
                break;
            var body = JournalJson.ReadBody(entry.Body.Span);
            entries.Add(new(entry.Seq, entry.At, entry.Actor, entry.RulesVersion, body.Command, body.Facts));
        }

        return entries;
    }

    /// <summary>Programmes by version.</summary>
    public async Task<IReadOnlyDictionary<string, Programme>> ProgrammesAsync(IEnumerable<string> versions)
    {
        var programmes = new Dictionary<string, Programme>(StringComparer.Ordinal);
        foreach (var version in versions)
            programmes[version] = await programmeOf(version);
        return programmes;
    }
}
