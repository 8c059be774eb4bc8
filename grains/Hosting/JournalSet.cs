using MallVip.Grains.Due;
using MallVip.Grains.Inbox;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Grains.Runs;
using MallVip.Rules.Programmes;
using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Hosting;

/// <summary>An open journal and everything that writes to it, made before the host so that a journal that
/// cannot be
/// opened ends the start with a sentence, not with a host half up.</summary>
public sealed class JournalSet : IAsyncDisposable
{
    private JournalSet()
    {
    }

    public required IJournal Journal { get; init; }

    public required JournalWriter Writer { get; init; }

    public required KeyIndex Keys { get; init; }

    public required DueSignal DueSignal { get; init; }

    public required OpenRuns Runs { get; init; }

    public required EventInbox Inbox { get; init; }

    public required Pseudonym Pseudonym { get; init; }

    public required ProgrammeHost Programmes { get; init; }

    public required ProgrammeWorkshop Workshop { get; init; }

    /// <summary>Opens what is above a store. The store is disposed of with the set.</summary>
    /// <exception cref="JournalException">The journal cannot be used; the message is for the
    /// operator.</exception>
    public static async Task<JournalSet> OpenAsync(
        IJournal journal, ServerKey key, Programme programme, TimeProvider time, ILoggerFactory logs,
        ProgrammeWorkshop? workshop = null, InboxOptions? inbox = null)
    {
        await JournalOpening.VerifyAsync(journal, key);
        var keys = await KeyIndex.OpenAsync(journal, null, time, logs.CreateLogger<KeyIndex>());
        var runs = new OpenRuns(time);
        var signal = new DueSignal(runs);
        var writer = await JournalWriter.OpenAsync(journal, null, time, keys, signal);
        await JournalOpening.EnsureAsync(journal, writer, key, time.GetUtcNow());
        keys.Start();
        workshop ??= new();
        return new()
        {
            Journal = journal,
            Writer = writer,
            Keys = keys,
            DueSignal = signal,
            Runs = runs,
            Inbox = await EventInbox.OpenAsync(journal, key, inbox, logs.CreateLogger<EventInbox>()),
            Pseudonym = new Pseudonym(key),
            Programmes = await ProgrammeHost.StartAsync(journal, programme, time, workshop),
            Workshop = workshop,
        };
    }

    /// <summary>Writes what is queued, brings the index up to date and closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        await Inbox.DisposeAsync();
        await Writer.DisposeAsync();
        try
        {
            await Keys.FlushAsync();
        }
        catch (Exception failure) when (failure is IndexRebuildingException || IsAway(failure))
        {
            // What the index lacks is read from the journal at the next start.
        }

        await Keys.DisposeAsync();
        Programmes.Dispose();
        await Journal.DisposeAsync();
    }

    private static bool IsAway(Exception failure) =>
        failure is JournalUnreachableException or JournalUnsettledException or JournalReplacedException;
}
