using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MallVip.Grains.Desk;
using MallVip.Grains.Journal;
using MallVip.Rules.Programmes;
using MallVip.Silo.Hosting;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Serve;
using MallVip.Silo.Verify;
using MallVip.System.Tests.Api;
using MallVip.System.Tests.Import;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.RealData;

/// <summary>
/// The year of the supermarket, brought in twice by <c>mallvip import</c> and, into another folder, twice
/// over HTTP as the run of a silo. Done once for all tests.
/// </summary>
internal sealed class SupermarketYear
{
    private static readonly Lazy<Task<SupermarketYear>> Shared = new(RunAsync);

    public static Task<SupermarketYear> Instance => Shared.Value;

    public static IReadOnlyList<Basket> Baskets { get; } = Basket.ReadAll();

    public required ChannelRun Import { get; init; }

    public required ChannelRun Http { get; init; }

    /// <summary>Durations and rates, for people.</summary>
    public List<string> Times { get; } = [];

    private static async Task<SupermarketYear> RunAsync()
    {
        var programme = ProgrammeFolder.Load(Verb.Library("completejourney"), TextWriter.Null)!;
        using var imported = new DataFolder();
        using var posted = new DataFolder();
        var times = new List<string>();
        var import = await ImportAsync(imported, programme, times);
        posted.TakeKeyOf(imported);
        var http = await PostAsync(posted, programme, times);
        var year = new SupermarketYear { Import = import, Http = http };
        year.Times.AddRange(times);
        return year;
    }

    private static async Task<ChannelRun> ImportAsync(
        DataFolder folder, Programme programme, List<string> times)
    {
        var first = await Timed("import", times, () => ImportAsync(folder));
        var end = await folder.PositionAsync();
        var second = await Timed("import again", times, () => ImportAsync(folder));
        return await EndAsync(folder, programme, Counts(first), end, Counts(second));
    }

    private static Task<JsonElement> ImportAsync(DataFolder folder) => folder.ImportAsync(
        "purchases", DataFactAttribute.Path("completejourney/transactions_sample.csv"),
        $"{Verb.Library("completejourney")}/purchases.map.yaml", Verb.Library("completejourney"));

    /// <summary>
    /// The first upload meets a silo whose own clock stands before the year; the second one a silo that was
    /// started again at its end, after what had come due was fired.
    /// </summary>
    private static async Task<ChannelRun> PostAsync(
        DataFolder folder, Programme programme, List<string> times)
    {
        var lines = await LinesAsync(folder);
        ChannelCounts first, second;
        await using (var silo = await StartAsync(folder, programme, YearEnd.AddYears(-1)))
            first = await Timed("HTTP", times, () => Upload.RunAsync(Address(silo), lines));
        await using (var silo = await StartAsync(folder, programme, YearEnd))
        {
            await DueWorkAsync(silo);
        }

        var end = await folder.PositionAsync();
        await using (var silo = await StartAsync(folder, programme, YearEnd))
            second = await Timed("HTTP again", times, () => Upload.RunAsync(Address(silo), lines));
        return await EndAsync(folder, programme, first, end, second);
    }

    private static DateTimeOffset YearEnd { get; } = new(Baskets[^1].At, TimeSpan.FromHours(-5));

    private static Task<SiloApp> StartAsync(DataFolder folder, Programme programme, DateTimeOffset now) =>
        SiloApp.StartAsync(
            new ServeOptions("", JournalChoice.InFolder(folder.Data), "http://127.0.0.1:0"),
            new(programme, [], 0, 0), new(),
            new StandingClock(now),
            CancellationToken.None);

    private static Uri Address(SiloApp silo) => new($"{silo.Urls.Single()}/v1/events?run=year-2017");

    private static async Task<string[]> LinesAsync(DataFolder folder)
    {
        var file = folder.File("events.ndjson");
        await Verb.RunAsync(
            0, "", "import", "purchases",
            "--csv", DataFactAttribute.Path("completejourney/transactions_sample.csv"), "--map",
            $"{Verb.Library("completejourney")}/purchases.map.yaml", "--ndjson", file,
            "--rejects", folder.File("rejects.csv"));
        return await File.ReadAllLinesAsync(file);
    }

    /// <summary>Waits until nothing due is unclaimed; what is claimed is done when the silo stops.</summary>
    private static async Task DueWorkAsync(SiloApp silo)
    {
        var journal = silo.Services.GetRequiredService<IJournal>();
        var started = TimeProvider.System.GetTimestamp();
        while (await journal.NextDueAsync(default) <= YearEnd)
        {
            var waited = TimeProvider.System.GetElapsedTime(started);
            Assert.True(waited < TimeSpan.FromMinutes(5), "Due work goes on and on.");
            using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
            await journal.Commits.WaitForAsync(journal.Commits.Pos + 1, limit.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<ChannelRun> EndAsync(
        DataFolder folder, Programme programme, ChannelCounts first, long end, ChannelCounts second) => new(
            first, second, end, await folder.PositionAsync(),
            await folder.ReadMembersAsync(programme, new StandingClock(YearEnd)), await folder.AuditAsync());

    private static ChannelCounts Counts(JsonElement summary) => new(
        summary.GetProperty("accepted").GetInt32(),
        summary.GetProperty("duplicate").GetInt32(),
        summary.GetProperty("rejectedRows").GetInt32() + summary.GetProperty("rejectedLines").GetInt32());

    private static async Task<T> Timed<T>(string what, List<string> times, Func<Task<T>> action)
    {
        var watch = Stopwatch.StartNew();
        var result = await action();
        times.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {watch.Elapsed.TotalSeconds:0.0} s, "
            + $"{Baskets.Count / watch.Elapsed.TotalSeconds:0} events/s"));
        return result;
    }
}

/// <summary>What one channel answered to the first and the second time, and where that led.</summary>
internal sealed record ChannelRun(
    ChannelCounts First,
    ChannelCounts Second,
    long EndOfFirst,
    long EndOfSecond,
    IReadOnlyList<MemberView> Members,
    AuditResult Audit);

/// <summary>Answers by status.</summary>
internal sealed record ChannelCounts(int Accepted, int Duplicate, int Rejected);
