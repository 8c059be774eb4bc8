using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Silo.Serve;

/// <summary>
/// With which programme a silo begins: the one that was published last, if the journal knows any; else the
/// folder's, which must be good then.
/// </summary>
internal static class ProgrammeStart
{
    /// <exception cref="ProgrammeUnusableException">Neither can be used.</exception>
    public static async Task<Programme> ChooseAsync(
        IJournal journal, ProgrammeWorkshop workshop, ProgrammeResult folder, TimeProvider time)
    {
        var history = await ProgrammeHistory.ReadAsync(journal);
        if (history.InForceAt(time.GetUtcNow()) is not { } inForce)
            return folder.Programme ?? throw new ProgrammeUnusableException(folder);
        if (folder.Programme is { } same && same.Version == inForce.Version)
            return same;
        try
        {
            return await new ProgrammeArchive(journal, workshop, time).GetAsync(inForce.Version);
        }
        catch (JournalDamagedException) when (folder.Programme is not null)
        {
            // A build that no longer reads the archived version goes on with the folder's, if that is good.
            return folder.Programme;
        }
    }
}

/// <summary>The folder's programme has mistakes, and the journal knows no other.</summary>
public sealed class ProgrammeUnusableException(ProgrammeResult result)
    : Exception("The programme is unusable.")
{
    public ProgrammeResult Result { get; } = result;
}
