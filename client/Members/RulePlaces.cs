using MallVip.Client.Wire;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Rules.Programmes;

namespace MallVip.Client.Members;

/// <summary>
/// Where a rule of a past line was written: entries keep a rule's id, the archive keeps the files of every
/// version.
/// </summary>
internal sealed class RulePlaces(Func<string, Task<Programme>> programmeOf)
{
    public RulePlaces(ProgrammeHost programmes)
        : this(programmes.GetAsync)
    {
    }

    /// <summary>
    /// The lines with file and line of their rules; what the archive cannot tell stays as it is.
    /// </summary>
    public async Task<LedgerBody> FillAsync(LedgerBody page)
    {
        var lines = page.Lines.ToBuilder();
        for (var i = 0; i < lines.Count; i++)
            if (lines[i] is { Rule: { } rule } line &&
                await FindAsync(line.RulesVersion, rule.Id) is { } place)
                lines[i] = line with { Rule = place };
        return page with { Lines = lines.ToImmutable() };
    }

    private async Task<RuleBody?> FindAsync(string version, string id)
    {
        try
        {
            var rules = (await programmeOf(version)).Rules;
            return rules.FirstOrDefault(rule => rule.Ref.Rule == id)?.Ref is { } place
                ? new(id, place.File, place.Line)
                : null;
        }
        catch (JournalDamagedException)
        {
            return null;
        }
    }
}
