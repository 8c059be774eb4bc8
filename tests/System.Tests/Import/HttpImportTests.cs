using System.Net;
using System.Text;
using MallVip.Client;
using MallVip.Grains.Journal;
using MallVip.Grains.Runs;
using MallVip.Silo.Import;
using MallVip.Silo.Import.Http;
using MallVip.System.Tests.Api;
using MallVip.System.Tests.RealData;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Import;

/// <summary>An import into a silo that runs: <c>--to</c>.</summary>
public sealed class HttpImportTests
{
    private const string Map = """
        map: 1
        source: old-till
        emit:
          - type: mall.purchase
            id: "{no}"
            subject: "card:{card}"
            time: "{at}"
            data: { receipt: "{no}", store: "{store}", paid: money(paid) }
        """;

    [Fact]
    public async Task Rows_of_past_years_are_taken_as_a_run_and_again_as_duplicates()
    {
        await using var host = await EngineHost.StartAsync();
        using var files = Files(rows: 5_000);

        var first = await ImportAsync(files, Sink(host));
        var second = await ImportAsync(files, Sink(host));

        Assert.Equal((5_000, 0), (first.Accepted, first.Duplicate));
        Assert.Equal((0, 5_000), (second.Accepted, second.Duplicate));
        var member = (await new MallVipClient(host.Http).GetMemberAsync("card:7"))!;
        Assert.Equal((50, 2020), (member.Events, member.EnrolledAt.Year));
    }

    [Fact]
    public async Task A_row_that_the_silo_refuses_goes_to_the_reject_file()
    {
        await using var host = await EngineHost.StartAsync();
        using var files = Files(rows: 10, bad: 4);

        var summary = await ImportAsync(files, Sink(host));

        Assert.Equal((9, 1), (summary.Accepted, summary.RejectedLines));
        Assert.Equal((5, "input_out_of_range"), Assert.Single(files.Rejected()));
    }

    [Fact]
    public async Task The_run_stays_open_between_requests_and_ends_with_the_import()
    {
        await using var host = await EngineHost.StartAsync();
        var runs = host.Services.GetRequiredService<OpenRuns>();
        using var sink = Sink(host);
        await sink.OpenAsync(new("r1", ImportKind.Events, 0), CancellationToken.None);
        await sink.AcceptAsync([Line(1)], CancellationToken.None);
        var member = (await new MallVipClient(host.Http).GetMemberAsync("card:1"))!.Id;
        var grain = new GrainKey(GrainKind.Member, member.Value);

        Assert.True(runs.Holds(grain));
        await sink.CompleteAsync(CancellationToken.None);

        Assert.False(runs.Holds(grain));
    }

    [Fact]
    public async Task A_silo_that_is_busy_or_breaks_the_connection_is_sent_the_lines_again()
    {
        await using var host = await EngineHost.StartAsync();
        var moody = new Moody(new SocketsHttpHandler());
        using var sink = new HttpSink(host.Http.BaseAddress!, null, new HastyClock(), moody);
        await sink.OpenAsync(new("r1", ImportKind.Events, 0), CancellationToken.None);
        moody.Moods.Enqueue(Mood.Busy);
        moody.Moods.Enqueue(Mood.Crowded);
        moody.Moods.Enqueue(Mood.Broken);

        var outcomes = await sink.AcceptAsync([Line(1), Line(2)], CancellationToken.None);

        Assert.All(outcomes, outcome => Assert.Same(ImportOutcome.Accepted.Instance, outcome));
        Assert.Empty(moody.Moods);
    }

    [Fact]
    public async Task A_silo_that_is_not_there_ends_the_import_at_once()
    {
        using var files = Files(rows: 3);
        using var sink = new HttpSink(new("http://127.0.0.1:1"), null, TimeProvider.System);

        var exit = await ImportCommand.RunAsync(files.Options(), sink, files.Console, CancellationToken.None);

        Assert.Equal(ImportExit.Interrupted, exit);
        Assert.Contains("http://127.0.0.1:1", files.Console.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_may_not_operate_is_named_as_the_cause()
    {
        var made = Client.Keys.ApiKeyFactory.Create();
        await using var host = await EngineHost.StartAsync(new()
        {
            ApiKeys = [new() { Name = "till", Hash = made.Hash, Scopes = ["read", "write"] }],
        });
        using var files = Files(rows: 3);
        using var sink = new HttpSink(host.Http.BaseAddress!, made.Key, TimeProvider.System);

        var exit = await ImportCommand.RunAsync(files.Options(), sink, files.Console, CancellationToken.None);

        Assert.Equal(ImportExit.Interrupted, exit);
        Assert.Contains("forbidden", files.Console.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_are_not_taken_over_HTTP_and_a_locked_journal_hints_at_it()
    {
        using var folder = new DataFolder();
        using var files = Files(rows: 1);
        await using var journal = SqliteJournal.Open(folder.File("data"));
        string[] common = ["--csv", files.Csv, "--map", files.Map];

        var members = await Verb.RunAsync(
            2, "", ["import", "members", .. common, "--to", "http://127.0.0.1:1"]);
        var locked = await Verb.RunAsync(
            2, "", ["import", "events", .. common, "--data", folder.File("data")]);

        Assert.Contains("--data", members.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("--to", locked.Error.ToString(), StringComparison.Ordinal);
    }

    private static HttpSink Sink(EngineHost host) => new(host.Http.BaseAddress!, null, TimeProvider.System);

    private static async Task<ImportState> ImportAsync(ImportFixture files, HttpSink sink)
    {
        using var _ = sink;
        var console = new TestConsole();
        var exit = await ImportCommand.RunAsync(
            files.Options(ImportKind.Purchases) with { Json = true }, sink, console, CancellationToken.None);
        Assert.True(exit == ImportExit.Done, $"{exit}: {console.Error}");
        var summary = global::System.Text.Json.JsonDocument.Parse(console.Out.ToString()!).RootElement;
        return new(
            summary.GetProperty("accepted").GetInt32(), summary.GetProperty("duplicate").GetInt32(),
            summary.GetProperty("rejectedLines").GetInt32());
    }

    private static ImportFixture Files(int rows, int bad = -1) => new ImportFixture()
        .With("map.yaml", Map).With("in.csv",
        "no,card,at,store,paid\n" + string.Concat(Enumerable.Range(1, rows).Select(i =>
            $"R{i},{i % 100},{new DateTime(2020, 1, 1).AddMinutes(i):yyyy-MM-ddTHH:mm:ss}Z,shirts," +
            $"{(i == bad ? -1 : 10)}\n")));

    private static ImportLine Line(int i) => new(i, DateTimeOffset.UnixEpoch, Encoding.UTF8.GetBytes(
        $"{{\"specversion\":\"1.0\",\"source\":\"/x\",\"id\":\"e{i}\",\"type\":\"visit.door\"," +
        $"\"subject\":\"card:{i}\",\"time\":\"2020-01-0{i}T00:00:00Z\",\"data\":{{\"mall\":\"bay\"}}}}"));

    private sealed record ImportState(int Accepted, int Duplicate, int RejectedLines);

    private enum Mood
    {
        Busy,
        Crowded,
        Broken,
    }

    /// <summary>Answers some uploads with what a silo in trouble answers.</summary>
    private sealed class Moody(HttpMessageHandler silo) : DelegatingHandler(silo)
    {
        public Queue<Mood> Moods { get; } = new();

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (!Moods.TryDequeue(out var mood))
                return base.SendAsync(request, cancellationToken);
            return mood == Mood.Broken
                ? throw new HttpRequestException("The connection was reset.")
                : Task.FromResult(Trouble(
                    mood == Mood.Busy ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.TooManyRequests));
        }

        private static HttpResponseMessage Trouble(HttpStatusCode status)
        {
            var response = new HttpResponseMessage(status) { Content = new StringContent("") };
            response.Headers.RetryAfter = new(TimeSpan.FromSeconds(9));
            return response;
        }
    }

    /// <summary>Every wait is over as soon as it begins.</summary>
    private sealed class HastyClock : TimeProvider
    {
        public override ITimer CreateTimer(
            TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
