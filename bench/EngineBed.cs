using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Runs;
using MallVip.Silo.Hosting;

namespace MallVip.Bench;

/// <summary>An engine with members enrolled, over a fresh SQLite journal in a temporary folder or over a
/// given one.</summary>
internal sealed class EngineBed : IAsyncDisposable
{
    private readonly string? _folder;
    private readonly int _members;
    private readonly DateTimeOffset _enrolled;
    private readonly OpenRuns.Lease _run;

    private EngineBed(string? folder, int members, DateTimeOffset enrolled, LocalEngine engine)
    {
        (_folder, _members, _enrolled, Engine) = (folder, members, enrolled, engine);
        _run = engine.Set.Runs.Join("bench");
    }

    public LocalEngine Engine { get; }

    /// <summary>Where its SQLite journal is; null: the journal was given.</summary>
    public string? Folder => _folder;

    /// <summary>The run that enrols.</summary>
    public RunClock Run => _run.Clock;

    private static DateTimeOffset TenMinutesAgo => TimeProvider.System.GetUtcNow().AddMinutes(-10);

    public static async Task<EngineBed> OpenAsync(int members)
    {
        var bed = await OpenInRunAsync(members, TenMinutesAgo);
        bed.EndRun();
        return bed;
    }

    /// <summary>Members since an instant, and still in the run that enrolled them: what is sent in it next
    /// is their history, and nothing falls due by the wall clock.</summary>
    public static Task<EngineBed> OpenInRunAsync(int members, DateTimeOffset since)
    {
        var folder = Directory.CreateTempSubdirectory("mallvip-bench-").FullName;
        var (journal, key) = JournalFolder.Open(folder);
        return OpenAsync(folder, members, since, journal, key);
    }

    /// <param name="members">To be enrolled.</param>
    /// <param name="journal">An empty one, under a new server key; closed with the bed.</param>
    public static async Task<EngineBed> OpenAsync(int members, IJournal journal)
    {
        var key = ServerKey.FromBytes(RandomNumberGenerator.GetBytes(ServerKey.Size));
        var bed = await OpenAsync(null, members, TenMinutesAgo, journal, key);
        bed.EndRun();
        return bed;
    }

    private static async Task<EngineBed> OpenAsync(
        string? folder, int members, DateTimeOffset enrolled, IJournal journal, ServerKey key)
    {
        var programme = ProgrammeFolder.Load(ProgrammeFolder.Demo, TextWriter.Null)
            ?? throw new InvalidOperationException("The demo programme does not load.");
        var engine =
            await LocalEngine.OpenAsync(journal, key, programme, TimeProvider.System, background: true);
        var bed = new EngineBed(folder, members, enrolled, engine);
        await bed.EnrolAsync();
        return bed;
    }

    public EventMaker Maker(int caller) => new(caller, _members, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private void EndRun()
    {
        Engine.Set.Runs.End(Run.Id);
        _run.Dispose();
    }

    private async Task EnrolAsync()
    {
        var options = new IntakeOptions { Actor = "bench", Run = Run };
        var visits = Streamed(Visits(_members, _enrolled));
        await foreach (var answer in Engine.Intake.AcceptAllAsync(visits, options, default))
        {
            if (answer.Status == EventStatus.Rejected)
                throw new InvalidOperationException($"Not enrolled: {answer.Refusal}");
        }
    }

    /// <summary>One visit to the app per member: in a run it enrols.</summary>
    /// <param name="at">When; null: ten minutes ago.</param>
    public static IEnumerable<ReadOnlyMemory<byte>> Visits(int members, DateTimeOffset? at = null)
    {
        var time = (at ?? TenMinutesAgo).ToString("O", CultureInfo.InvariantCulture);
        for (var member = 0; member < members; member++)
        {
            yield return Encoding.UTF8.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"specversion":"1.0","id":"{{member}}","source":"enrol","type":"app.opened","subject":"{{EventMaker.Subject(member)}}","time":"{{time}}","data":{"page":"home"} }"""));
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Streamed(
        IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        await Task.Yield();
        foreach (var line in lines)
            yield return line;
    }
}
