using System.Collections.Immutable;
using MallVip.Grains.Journal;
using MallVip.Rules.Explaining;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Ledger;
using MallVip.Rules.Members;
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
        if (entries.Count == 0 || entries[^1].Seq != seq)
            return null;
        var brought = await BroughtAsync(entries, cancellation);
        var programmes = await ProgrammesAsync(MemberPast.VersionsOf(entries, brought));
        return MemberPast.Of(entries, programmes) with { Brought = brought };
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

    /// <inheritdoc cref="MemberPast.Brought"/>
    private async Task<ImmutableArray<PastEntry>> BroughtAsync(
        IReadOnlyList<PastEntry> entries, CancellationToken cancellation)
    {
        if (!MemberPast.Returns(entries[^1]))
            return [];
        var before = entries.Take(entries.Count - 1).ToArray();
        var absorbed = before.Aggregate(
            MemberState.Empty, (state, entry) => MemberFold.Apply(state, entry.Facts, entry.Seq)).Absorbed;
        foreach (var part in absorbed)
        {
            var own = await NumberedAsync(part, cancellation);
            if (!MemberPast.IsBrought(entries, own))
                continue;
            var all = ImmutableArray.CreateBuilder<PastEntry>();
            all.AddRange(own);
            for (AbsorbedMember? link = part, by; link is not null; link = by)
            {
                by = absorbed.FirstOrDefault(next => next.Member == link.By);
                var later = by is null
                    ? before
                    : await NumberedAsync(by, cancellation);
                all.AddRange(later.Where(entry => entry.Seq >= link.Entry));
            }

            return all.ToImmutable();
        }

        return [];
    }

    /// <summary>All of an absorbed member's entries, with its lots as they are numbered now.</summary>
    private async Task<PastEntry[]> NumberedAsync(AbsorbedMember part, CancellationToken cancellation) =>
    [
        .. (await EntriesAsync(part.Member, long.MaxValue, cancellation))
            .Select(entry => entry with { Facts = LotNumbers.Shift(entry.Facts, part.LotsFrom) }),
    ];

    /// <summary>Programmes by version.</summary>
    public async Task<IReadOnlyDictionary<string, Programme>> ProgrammesAsync(IEnumerable<string> versions)
    {
        var programmes = new Dictionary<string, Programme>(StringComparer.Ordinal);
        foreach (var version in versions)
            programmes[version] = await programmeOf(version);
        return programmes;
    }
}
