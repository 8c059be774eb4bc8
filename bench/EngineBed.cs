using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Silo.Hosting;

namespace MallVip.Bench;

/// <summary>
/// An engine with members enrolled, over a fresh SQLite journal in a temporary folder or over a given one.
/// </summary>
internal sealed class EngineBed : IAsyncDisposable
{
    private readonly string? _folder;
    private readonly int _members;

    private EngineBed(string? folder, int members, LocalEngine engine) =>
        (_folder, _members, Engine) = (folder, members, engine);

    public LocalEngine Engine { get; }

    public static Task<EngineBed> OpenAsync(int members)
    {
        var folder = Directory.CreateTempSubdirectory("mallvip-bench-").FullName;
        var (journal, key) = JournalFolder.Open(folder);
        return OpenAsync(folder, members, journal, key);
    }

    /// <param name="members">To be enrolled.</param>
    /// <param name="journal">An empty one, under a new server key; closed with the bed.</param>
    public static Task<EngineBed> OpenAsync(int members, IJournal journal) => OpenAsync(
        null, members, journal, ServerKey.FromBytes(RandomNumberGenerator.GetBytes(ServerKey.Size)));

    private static async Task<EngineBed> OpenAsync(
        string? folder, int members, IJournal journal, ServerKey key)
    {
        var programme = ProgrammeFolder.Load(ProgrammeFolder.Demo, TextWriter.Null)
            ?? throw new InvalidOperationException("The demo programme does not load.");
        var engine =
            await LocalEngine.OpenAsync(journal, key, programme, TimeProvider.System, background: true);
        var bed = new EngineBed(folder, members, engine);
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

    private async Task EnrolAsync()
    {
        var options = new IntakeOptions { Actor = "bench", Run = new RunClock("enrol") };
        await foreach (
            var answer in Engine.Intake.AcceptAllAsync(Streamed(Visits(_members)), options, default))
        {
            if (answer.Status == EventStatus.Rejected)
                throw new InvalidOperationException($"Not enrolled: {answer.Refusal}");
        }
    }

    /// <summary>One visit to the app per member: in a run it enrols.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Visits(int members)
    {
        var time =
            TimeProvider.System.GetUtcNow().AddMinutes(-10).ToString("O", CultureInfo.InvariantCulture);
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
