using System.Text.Json;
using MallVip.Silo.Import;

namespace MallVip.System.Tests.Import;

/// <summary>Interrupted, resumed, repeated.</summary>
public sealed class ResumeTests
{
    private const string Map = """
        map: 1
        source: gate
        emit:
          - { type: x.y, id: "{no}", subject: "card:{no}", time: "{at}" }
        """;

    [Fact]
    public async Task A_rerun_goes_on_behind_the_last_confirmed_batch()
    {
        using var files = Files();
        files.Sink.FailAfter = 40;
        files.Sink.Answer = RejectSeventh;
        Assert.Equal(ImportExit.Interrupted, await files.RunAsync(Options(files)));
        Assert.Contains("The silo went away.", files.Console.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(40, files.Sink.Lines.Count);

        var second = new CollectingSink { Answer = RejectSeventh };
        files.Sink = second;
        Assert.Equal(ImportExit.Done, await files.RunAsync(Options(files) with { Json = true }));

        Assert.Equal(40, second.Run!.ResumedAt);
        Assert.Equal(60, second.Lines.Count);
        Assert.True(second.Completed);
        var summary = JsonDocument.Parse(files.Console.Out.ToString()!.Split('\n')[^2]).RootElement;
        Assert.Equal(100 - 14, summary.GetProperty("accepted").GetInt32());
        Assert.Equal(14, summary.GetProperty("rejectedLines").GetInt32());
        Assert.Equal(1, summary.GetProperty("rejectedRows").GetInt32());
        // Every rejected row stands there once, those of the first run too.
        Assert.Equal(15, files.Rejected().Distinct().Count());
        Assert.Equal(15, files.Rejected().Length);
    }

    [Fact]
    public async Task What_was_written_after_the_last_saved_state_is_cut_off()
    {
        using var files = Files();
        files.Sink.FailAfter = 40;
        files.Sink.Answer = RejectSeventh;
        await files.RunAsync(Options(files));
        await File.AppendAllTextAsync(files.Rejects, "999,half a wri");

        files.Sink = new CollectingSink { Answer = RejectSeventh };
        await files.RunAsync(Options(files));
        Assert.Equal(15, files.Rejected().Length);
    }

    [Fact]
    public async Task A_complete_state_sends_nothing_again()
    {
        using var files = Files();
        await files.RunAsync(Options(files));
        files.Sink = new CollectingSink();
        Assert.Equal(ImportExit.Done, await files.RunAsync(Options(files)));
        Assert.Null(files.Sink.Run);
    }

    [Fact]
    public async Task A_changed_file_starts_anew()
    {
        using var files = Files();
        files.Sink.FailAfter = 40;
        await files.RunAsync(Options(files));
        await File.AppendAllTextAsync(files.Csv, "101,2026-01-02T00:00:00Z\n");
        files.Sink = new CollectingSink();
        await files.RunAsync(Options(files));
        Assert.Equal(0, files.Sink.Run!.ResumedAt);
        Assert.Equal(101, files.Sink.Lines.Count);
    }

    [Fact]
    public async Task A_second_import_counts_duplicates()
    {
        using var files = Files();
        files.Sink.Answer = _ => ImportOutcome.Duplicate.Instance;
        Assert.Equal(ImportExit.Done, await files.RunAsync(files.Options() with { Json = true }));
        var summary = JsonDocument.Parse(files.Console.Out.ToString()!).RootElement;
        Assert.Equal(100, summary.GetProperty("duplicate").GetInt32());
        Assert.Equal(0, summary.GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task A_file_that_is_no_state_file_is_not_overwritten()
    {
        using var files = Files().With("state.json", "my shopping list");
        Assert.Equal(ImportExit.Unusable, await files.RunAsync(Options(files)));
        Assert.Equal("my shopping list", await File.ReadAllTextAsync(files.File("state.json")));
    }

    [Fact]
    public async Task The_run_id_is_that_of_the_input()
    {
        using var one = Files();
        using var two = Files();
        using var other = Files().With("map.yaml", Map.Replace("gate", "door", StringComparison.Ordinal));
        foreach (var files in new[] { one, two, other })
            await files.RunAsync();
        Assert.Equal(one.Sink.Run!.Id, two.Sink.Run!.Id);
        Assert.NotEqual(one.Sink.Run.Id, other.Sink.Run!.Id);
    }

    private static ImportOutcome RejectSeventh(ImportLine line) =>
        line.Line % 7 == 0
            ? new ImportOutcome.Rejected("frozen", "The member is frozen.")
            : ImportOutcome.Accepted.Instance;

    private static ImportOptions Options(ImportFixture files) =>
        files.Options() with { StatePath = files.File("state.json"), BatchSize = 10 };

    // One row in the middle is bad: it is rejected by the mapper, in each run.
    private static ImportFixture Files() => new ImportFixture().With("map.yaml", Map).With("in.csv",
        "no,at\n" + string.Concat(Enumerable.Range(1, 101).Select(i =>
            i == 50 ? "50\n" : $"{i},2026-01-01T00:{i / 60:D2}:{i % 60:D2}Z\n")));
}
