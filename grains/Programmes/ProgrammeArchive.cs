using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using MallVip.Grains.Journal;
using MallVip.Rules.Programmes;

namespace MallVip.Grains.Programmes;

/// <summary>
/// Every version that ever decided an entry: its files are archived in the journal before its first decision,
/// and the versions used last are kept compiled.
/// </summary>
public sealed class ProgrammeArchive(IJournal journal, ProgrammeWorkshop workshop, TimeProvider time)
{
    /// <summary>How many compiled versions are kept.</summary>
    public const int Kept = 16;

    private readonly ConcurrentDictionary<string, Task<Programme>> _compiled = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();

    /// <summary>Archives a version durably and keeps it compiled. Once more changes nothing.</summary>
    public async Task SaveAsync(Programme programme)
    {
        var sources = JsonSerializer.SerializeToUtf8Bytes(programme.Sources, ProgrammeJson.Default.Sources);
        await journal.SaveRulesAsync(new(programme.Version, time.GetUtcNow(), sources));
        if (!_compiled.TryGetValue(programme.Version, out var known) || known.IsFaulted)
            Remember(programme);
    }

    /// <summary>A version compiled, anew from the archive if need be.</summary>
    /// <exception cref="JournalDamagedException">It is not in the archive, or no longer compiles.</exception>
    public Task<Programme> GetAsync(string version)
    {
        if (_compiled.TryGetValue(version, out var known) && !known.IsFaulted)
            return known;
        var loading = LoadAsync(version);
        Keep(version, loading);
        return loading;
    }

    /// <summary>Keeps an archived version as it is now in force, instead of as it was compiled.</summary>
    public void Remember(Programme programme) => Keep(programme.Version, Task.FromResult(programme));

    /// <summary>The files of a version; null: it is not in the archive.</summary>
    public async Task<ImmutableSortedDictionary<string, string>?> SourcesAsync(string version) =>
        await journal.LoadRulesAsync(version) is { } row
            ? JsonSerializer.Deserialize(row.Body.Span, ProgrammeJson.Default.Sources)
                ?? ImmutableSortedDictionary<string, string>.Empty
            : null;

    private void Keep(string version, Task<Programme> programme)
    {
        if (!_compiled.TryAdd(version, programme))
        {
            _compiled[version] = programme;
            return;
        }

        _order.Enqueue(version);
        while (_order.Count > Kept && _order.TryDequeue(out var oldest))
            _compiled.TryRemove(oldest, out _);
    }

    private async Task<Programme> LoadAsync(string version)
    {
        var sources = await SourcesAsync(version)
            ?? throw new JournalDamagedException($"Rule version {version} is not in the archive.");
        var result = await workshop.LoadPublishedAsync(sources);
        return result.Programme
            ?? throw new JournalDamagedException($"Rule version {version} no longer compiles.");
    }
}
