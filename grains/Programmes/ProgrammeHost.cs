using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using MallVip.Grains.Journal;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Programmes.Parsing;

namespace MallVip.Grains.Programmes;

/// <summary>
/// The programme in force and, by version, every one that ever decided an entry: the sources of each are
/// archived in the journal before its first decision.
/// </summary>
public sealed class ProgrammeHost
{
    private readonly IJournal _journal;
    private readonly ConcurrentDictionary<string, Task<Programme>> _archive = new(StringComparer.Ordinal);
    private readonly InForce _inForce;

    private ProgrammeHost(IJournal journal, Programme current)
    {
        _journal = journal;
        _inForce = new(current, new EventParser(current));
        _archive[current.Version] = Task.FromResult(current);
    }

    /// <summary>What the next event is decided by.</summary>
    public Programme Current => _inForce.Programme;

    /// <summary>Reads events as the current programme declares them.</summary>
    public EventParser Parser => _inForce.Parser;

    /// <summary>Archives the programme and puts it in force.</summary>
    public static async Task<ProgrammeHost> StartAsync(IJournal journal, Programme programme, DateTimeOffset now)
    {
        var sources = JsonSerializer.SerializeToUtf8Bytes(programme.Sources, ProgrammeJson.Default.Sources);
        await journal.SaveRulesAsync(new(programme.Version, now, sources));
        return new(journal, programme);
    }

    /// <summary>The programme of a version, compiled anew from the archive if need be.</summary>
    /// <exception cref="JournalDamagedException">The version is not in the archive, or no longer
    /// compiles.</exception>
    public Task<Programme> GetAsync(string version) => _archive.GetOrAdd(version, LoadAsync);

    private async Task<Programme> LoadAsync(string version)
    {
        var row = await _journal.LoadRulesAsync(version)
            ?? throw new JournalDamagedException($"Rule version {version} is not in the archive.");
        var sources = JsonSerializer.Deserialize(row.Body.Span, ProgrammeJson.Default.Sources)
            ?? ImmutableSortedDictionary<string, string>.Empty;
        return new ProgrammeLoader().LoadPublished(sources).Programme
            ?? throw new JournalDamagedException($"Rule version {version} no longer compiles.");
    }

    private sealed record InForce(Programme Programme, EventParser Parser);
}
