using System.Globalization;
using System.Text;
using MallVip.Grains.Intake;
using MallVip.Silo.Hosting;

namespace MallVip.Bench;

/// <summary>
/// Members of the demo programme in a SQLite journal on whom time has something to do: birthdays over the
/// whole year, a purchase on some day of the last one, whose points lapse at a month's end, and with every
/// 20th member a gold card that ends. The engine over it is closed and opened as the bench moves the clock.
/// </summary>
internal sealed class DueBed : IDisposable
{
    private const int GoldEvery = 20;

    private readonly string _folder = Directory.CreateTempSubdirectory("mallvip-due-").FullName;

    public ShiftedClock Clock { get; } = new();

    /// <param name="background">False: nothing falls due by itself.</param>
    public async Task<LocalEngine> OpenAsync(bool background = true)
    {
        var (journal, key) = JournalFolder.Open(_folder);
        var programme = ProgrammeFolder.Load(ProgrammeFolder.Demo, TextWriter.Null)
            ?? throw new InvalidOperationException("The demo programme does not load.");
        return await LocalEngine.OpenAsync(journal, key, programme, Clock, background);
    }

    /// <summary>Registers them and lets them buy, on the clock of the events.</summary>
    public async Task FillAsync(int members)
    {
        await using var engine = await OpenAsync(background: false);
        var options = new IntakeOptions { Actor = "bench", Run = new RunClock("fill") };
        var begin = Clock.GetUtcNow().AddDays(-364);
        await foreach (var answer in engine.Intake.AcceptAllAsync(Lives(members, begin), options, default))
        {
            if (answer.Status != EventStatus.Accepted)
                throw new InvalidOperationException($"Not accepted: {answer.Refusal}");
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Each member's registration and purchase on one day of the year after
    /// <paramref name="begin"/>.</summary>
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Lives(int members, DateTimeOffset begin)
    {
        await Task.Yield();
        for (var member = 0; member < members; member++)
        {
            var day = begin.AddDays(member * 364.0 / members);
            var born = new DateOnly(1990, 1, 1).AddDays((int)(member * 2_654_435_761L % 365));
            yield return Line(
                $"r{member}", "member.registered", member, day,
                $$"""{"attributes":{"birthday":"{{born:yyyy-MM-dd}}"} }""");
            var paid = member % GoldEvery == 0 ? 25_000 : 100 + (member % 900);
            yield return Line(
                $"p{member}", "mall.purchase", member, day.AddMinutes(1),
                $$"""{"receipt":"{{member}}","store":"beauty-hall","paid":"{{paid}}"}""");
        }
    }

    private static byte[] Line(string id, string type, int member, DateTimeOffset time, string data) =>
        Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"specversion":"1.0","id":"{{id}}","source":"fill","type":"{{type}}","subject":"{{EventMaker.Subject(member)}}","time":"{{time:O}}","data":{{data}} }"""));
}
