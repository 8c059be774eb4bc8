using MallVip.Silo.Import;

namespace MallVip.System.Tests.Import;

/// <summary>What an operator sees while an import runs.</summary>
public sealed class ProgressTests
{
    [Fact]
    public async Task A_pipe_gets_plain_lines()
    {
        using var files = Files();
        Assert.Equal(ImportExit.Done, await files.RunAsync(files.Options() with { BatchSize = 10 }));
        var lines = files.Console.Error.ToString()!.Split('\n');
        Assert.Contains("Reading ...", lines);
        Assert.Contains("Importing 50 %", lines);
        Assert.Equal("Importing 100 %", lines[^2]);
    }

    [Fact]
    public async Task On_a_terminal_the_import_runs_under_a_bar_and_the_summary_stays_apart()
    {
        using var files = Files();
        var console = new TestConsole { IsTerminal = true };
        Assert.Equal(ImportExit.Done,
            await ImportCommand.RunAsync(files.Options(), files.Sink, console, CancellationToken.None));
        Assert.Equal(100, files.Sink.Lines.Count);
        Assert.StartsWith("rows read", console.Out.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_import_says_how_to_go_on()
    {
        using var files = Files();
        using var cancel = new CancellationTokenSource();
        files.Sink.Answer = _ =>
        {
            cancel.Cancel();
            return ImportOutcome.Accepted.Instance;
        };
        var options = files.Options() with { BatchSize = 10, StatePath = files.File("state.json") };
        Assert.Equal(ImportExit.Interrupted,
            await ImportCommand.RunAsync(options, files.Sink, files.Console, cancel.Token));
        Assert.Equal(10, files.Sink.Lines.Count);
        Assert.Contains("same --state", files.Console.Error.ToString(), StringComparison.Ordinal);
        Assert.False(files.Sink.Completed);
    }

    [Fact]
    public async Task A_reject_file_that_cannot_be_written_is_told()
    {
        using var files = Files();
        var options = files.Options() with { RejectPath = files.File("no/such/folder/rejects.csv") };
        Assert.Equal(ImportExit.Interrupted, await files.RunAsync(options));
        Assert.Contains("rejects.csv", files.Console.Error.ToString(), StringComparison.Ordinal);
    }

    private static ImportFixture Files() => new ImportFixture().With("map.yaml", """
        map: 1
        source: gate
        emit:
          - { type: x.y, id: "{no}", subject: "card:{no}", time: "2026-01-01T00:00:00Z" }
        """).With("in.csv", "no\n" + string.Concat(Enumerable.Range(1, 100).Select(i => $"{i}\n")));
}
