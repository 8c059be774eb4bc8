using System.Collections.Immutable;
using System.Text.Json;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Grains.Explaining;

/// <summary>Reads programmes out of a journal's archive, for commands without an engine.</summary>
public static class ProgrammeReader
{
    /// <exception cref="JournalDamagedException">The version is not in the archive, or no longer
    /// compiles.</exception>
    public static async Task<Programme> ReadAsync(IJournalReader journal, string version)
    {
        var row = await journal.LoadRulesAsync(version)
            ?? throw new JournalDamagedException($"Rule version {version} is not in the archive.");
        var sources = JsonSerializer.Deserialize(row.Body.Span, ProgrammeJson.Default.Sources)
            ?? ImmutableSortedDictionary<string, string>.Empty;
        return new ProgrammeLoader().LoadPublished(sources).Programme
            ?? throw new JournalDamagedException($"Rule version {version} no longer compiles.");
    }
}
