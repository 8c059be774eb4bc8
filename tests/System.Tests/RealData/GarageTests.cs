using System.Diagnostics;
using System.Globalization;
using MallVip.Grains.Desk;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Silo.Hosting;
using MallVip.Silo.Verify;
using MallVip.System.Tests.Import;
using Xunit.Abstractions;

namespace MallVip.System.Tests.RealData;

/// <summary>
/// A year of Norwegian garages through the engine, against a second calculation over the same CSV.
/// </summary>
public sealed class GarageTests(ITestOutputHelper output)
{
    private static readonly TimeZoneInfo Oslo = TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo");

    private static readonly Lazy<Task<GarageYear>> Year = new(RunAsync);

    [DataFact]
    public async Task Every_stay_ends_as_the_rules_for_parking_say()
    {
        var year = await Year.Value;
        var books = Books();

        var expected = books.Values.SelectMany(book => book.Listed).Order().ToArray();
        var listed = year.Facts.OfType<Fact.ParkingLeft>().Select(left => (left.Session!, left.How)).Order();
        Assert.Equal(expected, listed);
        Assert.Equal(
            books.Values.Select(book => book.StillInside?.Id).OfType<string>().Order(),
            year.Members.SelectMany(member => member.Snapshot.State.Parking).Select(stay => stay.Session!).Order());
        output.WriteLine(year.Time);
        output.WriteLine(string.Join(", ", expected.CountBy(item => item.How).OrderBy(kind => kind.Key)));
        output.WriteLine("Never closed: " + string.Join(
            ", ", Stay.ReadAll().Where(stay => stay.Out is null).CountBy(EndOf).OrderBy(kind => kind.Key)));
        string EndOf(Stay stay) => books[stay.User].Listed.FirstOrDefault(item => item.Session == stay.Id).How ?? "inside";
    }

    [DataFact]
    public async Task The_oddities_of_the_log_are_there_and_counted()
    {
        await Task.CompletedTask;
        var stays = Stay.ReadAll();
        var ends = Books().Values.SelectMany(book => book.Listed).ToLookup(item => item.Session, item => item.How);

        var neverClosed = stays.Where(stay => stay.Out is null).ToArray();
        Assert.Equal(34, neverClosed.Length);
        Assert.Equal(
            neverClosed.Length - neverClosed.Count(stay => !ends[stay.Id].Any()),
            neverClosed.Count(stay => ends[stay.Id].SequenceEqual(["exit-missing"])));
        Assert.InRange(neverClosed.Count(stay => ends[stay.Id].Any()), 18, 34);
        var zero = stays.Where(stay => stay.Out == stay.In).ToArray();
        Assert.Equal(17, zero.Length);
        Assert.Contains(zero, stay => ends[stay.Id].SequenceEqual(["exit"]));
        var overlapping = ends.Where(end => end.SequenceEqual(["exit-missing", "late"])).ToArray();
        Assert.Equal(ends.Sum(end => end.Count(how => how == "late")), overlapping.Length);
        Assert.NotEmpty(overlapping);
    }

    [DataFact]
    public async Task An_exit_in_the_minute_of_the_next_entry_is_an_exit()
    {
        var year = await Year.Value;
        var stays = Stay.ReadAll();
        var entries = stays.ToLookup(stay => (stay.User, stay.In));
        var handovers = stays
            .Where(stay => stay.Out is { } left && left != stay.In && entries[(stay.User, left)].Any()).ToArray();
        var clean = handovers.Where(stay => !stays.Any(
            other => other.User == stay.User && other != stay && other.In >= stay.In && other.In < stay.Out)).ToArray();
        var how = year.Facts.OfType<Fact.ParkingLeft>().ToLookup(left => left.Session!, left => left.How);

        Assert.NotEmpty(clean);
        Assert.All(clean, stay => Assert.Equal(["exit"], how[stay.Id]));
        output.WriteLine($"{handovers.Length} exits in the minute of the next entry, {clean.Length} of them of open stays.");
    }

    [DataFact]
    public async Task Points_and_tags_are_those_of_a_second_calculation_and_late_exits_earn_nothing()
    {
        var year = await Year.Value;
        var stays = Stay.ReadAll();
        var end = stays.SelectMany(stay => new[] { stay.In, stay.Out ?? stay.In }).Max();

        var expected = Books().ToDictionary(book => Plate(book.Key), book => (Points(book.Value), IsRegular(book.Value, end)));
        var actual = year.Members.ToDictionary(
            member => member.Identities.Single(),
            member => ((member.Snapshot.State.FindWallet("points") ?? new WalletState("points")).Balance.Value,
                member.Snapshot.State.Tags.Any(tag => tag.Tag == "regular")));
        Assert.Equal(97, actual.Count);
        Assert.Equal(expected.OrderBy(pair => pair.Key), actual.OrderBy(pair => pair.Key));
        Assert.Contains(expected.Values, value => value.Item2);
        output.WriteLine($"{expected.Values.Sum(value => value.Item1)} points, {expected.Values.Count(value => value.Item2)} regulars");
    }

    [DataFact]
    public async Task The_second_import_changes_nothing_and_the_audit_is_clean()
    {
        var year = await Year.Value;

        Assert.Equal((13_722, 0), year.First);
        Assert.Equal((0, 13_722), year.Second);
        Assert.Equal(year.EndOfFirst, year.EndOfSecond);
        Assert.True(year.Audit.IsClean, string.Join('\n', year.Audit.LedgerProblems));
        Assert.Equal(97, year.Audit.Members);
    }

    private static Dictionary<string, GarageBook> Books() =>
        Stay.ReadAll().GroupBy(stay => stay.User).ToDictionary(group => group.Key, GarageBook.Of);

    private static string Plate(string user) => "plate:" + string.Concat(user.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();

    /// <summary>
    /// Ten for the first exit of a day; five for an entry from 22:00 to 04:00, twice from Monday to Sunday.
    /// </summary>
    private static long Points(GarageBook book)
    {
        var exits = book.Happened.Where(step => !step.Entry).Select(step => step.At.Date).Distinct().Count();
        var nights = book.Happened.Where(step => step.Entry && step.At.Hour is >= 22 or < 4 && step.Entry)
            .GroupBy(step => step.At.Date.AddDays(-(((int)step.At.DayOfWeek + 6) % 7)))
            .Sum(week => Math.Min(2, week.Count()));
        return 10 * exits + 5 * nights;
    }

    /// <summary>An entry after twenty days of presence within thirty gives the tag for thirty days.</summary>
    private static bool IsRegular(GarageBook book, DateTime end)
    {
        var days = new HashSet<DateTime>();
        var until = DateTime.MinValue;
        foreach (var (at, _) in book.Happened.Where(step => step.Entry))
        {
            if (days.Count(day => day > at.Date.AddDays(-30)) >= 20)
                until = TimeZoneInfo.ConvertTimeToUtc(at, Oslo).AddDays(30);
            days.Add(at.Date);
        }

        return until > TimeZoneInfo.ConvertTimeToUtc(end, Oslo);
    }

    private static async Task<GarageYear> RunAsync()
    {
        var programme = ProgrammeFolder.Load(Verb.Library("garage"), TextWriter.Null)!;
        using var folder = new DataFolder();
        var watch = Stopwatch.StartNew();
        var first = await ImportAsync(folder);
        var time = string.Create(
            CultureInfo.InvariantCulture,
            $"import: {watch.Elapsed.TotalSeconds:0.0} s, {13_722 / watch.Elapsed.TotalSeconds:0} events/s");
        var end = await folder.PositionAsync();
        var second = await ImportAsync(folder);
        return new(
            first, second, end, await folder.PositionAsync(), await folder.ReadMembersAsync(programme, TimeProvider.System),
            await folder.ReadFactsAsync(), await folder.AuditAsync(), time);
    }

    private static async Task<(int Accepted, int Duplicate)> ImportAsync(DataFolder folder)
    {
        var summary = await folder.ImportAsync(
            "events", DataFactAttribute.Path("parking/garage_sessions_ev_residential.csv"),
            $"{Verb.Library("garage")}/sessions.map.yaml", Verb.Library("garage"));
        return (summary.GetProperty("accepted").GetInt32(), summary.GetProperty("duplicate").GetInt32());
    }

    private sealed record GarageYear(
        (int Accepted, int Duplicate) First,
        (int Accepted, int Duplicate) Second,
        long EndOfFirst,
        long EndOfSecond,
        IReadOnlyList<MemberView> Members,
        IReadOnlyList<Fact> Facts,
        AuditResult Audit,
        string Time);
}
