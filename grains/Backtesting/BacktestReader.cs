using System.Collections.Concurrent;
using System.Collections.Immutable;
using MallVip.Grains.Entries;
using MallVip.Grains.Explaining;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Backtesting;
using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Backtesting;

/// <summary>Reads members out of a journal for a back-test. Thread-safe.</summary>
internal sealed class BacktestReader(IJournalReader journal)
{
    private readonly ConcurrentDictionary<string, Programme> _versions = new(StringComparer.Ordinal);

    /// <summary>A version that an entry read so far was decided by.</summary>
    public Programme Version(string version) => _versions[version];

    /// <summary>Reads a version from the archive.</summary>
    /// <exception cref="JournalDamagedException">It is not there, or no longer compiles.</exception>
    public async ValueTask<Programme> VersionAsync(string version) =>
        _versions.TryGetValue(version, out var known)
            ? known
            : _versions[version] = await ProgrammeReader.ReadAsync(journal, version);

    /// <summary>All members, or those of a sample.</summary>
    public async Task<List<MemberId>> MembersAsync(double sample, CancellationToken cancellation)
    {
        var members = new List<MemberId>();
        for (var share = 0; share < IJournal.Shares; share++)
            foreach (var grain in await journal.GrainsAsync(share, cancellation))
                if (grain.Kind == GrainKind.Member && IsIn(grain.Id, sample))
                    members.Add(new(grain.Id));
        return members;
    }

    /// <summary>Replays a member; null: a test key registered it.</summary>
    /// <exception cref="JournalDamagedException">An entry cannot be read.</exception>
    public async Task<MemberBacktest?> ReplayAsync(
        MemberId member, BacktestTerms terms, (SettledAsks, SettledAsks)? settled,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var entries = await EntriesAsync(member, cancellation);
        if (entries.Count > 0 && Actors.IsTest(entries[0].Past.Actor))
            return null;
        var others = new Dictionary<MemberId, MemberBacktest>();
        foreach (var absorbed in AbsorbedIn(entries))
            await AddAsync(others, absorbed, terms, settled, cancellation);
        return MemberBacktest.Run(entries, terms, settled, others);
    }

    /// <summary>When the journal's newest entry was decided.</summary>
    public async Task<DateTimeOffset> EndAsync(CancellationToken cancellation)
    {
        for (var pos = journal.Commits.Pos; pos > 0; pos--)
            if (await journal.ReadAtAsync(pos, cancellation) is { } entry)
                return entry.At;
        throw new JournalDamagedException("The journal holds no entries.");
    }

    /// <summary>Replays who has become a part of a member, and all who had become a part of that
    /// one.</summary>
    private async Task AddAsync(
        Dictionary<MemberId, MemberBacktest> others, MemberId member, BacktestTerms terms,
        (SettledAsks, SettledAsks)? settled, CancellationToken cancellation)
    {
        if (await ReplayAsync(member, terms, settled, cancellation) is not { } replayed)
            return;
        others[member] = replayed;
        // By its entries: who is over keeps no list of those who had become a part of it.
        foreach (var part in AbsorbedIn(replayed.Before))
            if (!others.ContainsKey(part))
                await AddAsync(others, part, terms, settled, cancellation);
    }

    private static List<MemberId> AbsorbedIn(List<BacktestEntry> entries)
    {
        var members = new List<MemberId>();
        foreach (var entry in entries)
            Add(members, entry.Past.Facts);
        return members;
    }

    private static List<MemberId> AbsorbedIn(MemberReplay replayed)
    {
        var members = new List<MemberId>();
        foreach (ref readonly var entry in replayed.Entries)
            Add(members, entry.Facts);
        return members;
    }

    private static void Add(List<MemberId> members, ImmutableArray<Fact> facts)
    {
        foreach (var fact in facts)
            if (fact is Fact.Absorbed absorbed)
                members.Add(absorbed.Member);
    }

    private async Task<List<BacktestEntry>> EntriesAsync(MemberId member, CancellationToken cancellation)
    {
        var grain = new GrainKey(GrainKind.Member, member.Value);
        var read = await journal.ReadAsync(grain, 0, cancellation);
        var entries = new List<BacktestEntry>(read.Count);
        foreach (var entry in read)
        {
            await VersionAsync(entry.RulesVersion);
            var (command, facts) = MemberBody.ReadDecision(entry);
            entries.Add(new(entry.Pos, new(
                entry.Seq, entry.At, entry.Actor, entry.RulesVersion, command, facts)));
        }

        return entries;
    }

    /// <summary>Ids are random, or a hash: any of their bits tell as good a sample.</summary>
    private static bool IsIn(UInt128 member, double sample) =>
        sample >= 1 || (double)(uint)(member & uint.MaxValue) / uint.MaxValue < sample;
}
