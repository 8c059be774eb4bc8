using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;

namespace MallVip.Grains.Inbox;

/// <summary>A row of the inbox that has been opened.</summary>
/// <param name="Event">Null: it cannot be read any more, <paramref name="Refusal"/> says why.</param>
internal sealed record Letter(InboxRow Row, IncomingEvent? Event, Refusal? Refusal);

/// <summary>
/// Opens rows, one at a time: each event is read by the programme that read it when it came, and as of then.
/// </summary>
internal sealed class LetterOpener(EventInbox inbox, EventReader reader, ProgrammeHost programmes)
{
    private InForce? _older;

    /// <exception cref="JournalDamagedException">It cannot be unsealed.</exception>
    /// <exception cref="ProgrammeNotLoadedException">For now nothing can be read.</exception>
    public async ValueTask<Letter> OpenAsync(InboxRow row)
    {
        var cloudEvent = inbox.Open(row.Event);
        var version = await VersionAsync(row.Event.RulesVersion);
        var incoming = reader.Read(cloudEvent, row.Event.Arrived, out var refusal, version);
        return new(row, incoming is null ? null : incoming with { Arrived = row.Event.Arrived }, refusal);
    }

    /// <summary>A version that this build cannot compile any more gives way to the one in force.</summary>
    private async ValueTask<InForce> VersionAsync(string version)
    {
        var newest = programmes.Newest;
        if (newest.Programme.Version == version)
            return newest;
        if (_older?.Programme.Version == version)
            return _older;
        try
        {
            return _older = InForce.Of(await programmes.GetAsync(version));
        }
        catch (JournalDamagedException)
        {
            return programmes.Now;
        }
    }
}
