using MallVip.Silo;
using MallVip.Silo.Commands;

namespace MallVip.System.Tests.RealData;

/// <summary>The contract of <c>mallvip eval</c> with scripts: a line in, a line out, in order.</summary>
public sealed class EvalVerbTests
{
    [Fact]
    public async Task Every_line_gets_its_value_or_its_error_in_order()
    {
        string[] lines =
        [
            """{"expr":"0U"}""",
            """{"expr":"paid * 0.1","bindings":{"paid":{"decimal":"12.30"}}}""",
            """{"expr":"t+d","""
                + """ "bindings":{"t":{"timestamp":"2026-11-21T12:00:00+08:00"},"d":{"duration":"3s"}}}""",
            """{"expr":"t - timestamp('2026-11-21T04:00:00Z')","""
                + """ "bindings":{"t":{"timestamp":"2026-11-21T04:01:00Z"}}}""",
            """{"expr":"1 +"}""",
            "no JSON",
            """{"expr":"{'a': [1, b'x', null]}"}""",
        ];

        var console = await Verb.RunAsync(0, string.Join('\n', lines), "eval");

        Assert.Equal(
            [
                """{"value":{"uint":"0"}}""",
                """{"value":{"decimal":"1.230"}}""",
                """{"value":{"timestamp":"2026-11-21T04:00:03Z"}}""",
                """{"value":{"duration":"60s"}}""",
            ],
            console.OutLines[..4]);
        Assert.All(console.OutLines[4..6], line => Assert.Matches(
            """^\{"error":\{"code":"[A-Z_]+","message":".+","line":1,"column":[0-9]+\}\}$""", line));
        Assert.Equal(
            """{"value":{"map":[[{"string":"a"},{"list":[{"int":"1"},{"bytes":"eA=="},{"null":null}]}]]}}""",
            console.OutLines[6]);
        Assert.Equal(7, console.OutLines.Length);
        Assert.Empty(console.ErrorLines);
    }

    [Fact]
    public async Task Every_answer_is_flushed_before_the_next_line_is_read()
    {
        using var console = new Conversation(["""{"expr":"1"}""", """{"expr":"2"}"""]);
        Assert.Equal(0, await CommandLine.Create(console).Parse(["eval"]).InvokeAsync());
        Assert.Equal([0, 1, 2], console.FlushedAtRead);
    }

    /// <summary>Notes, whenever a line is read, how many answers have been flushed.</summary>
    private sealed class Conversation(string[] lines) : IConsoleOutput, IDisposable
    {
        private readonly FlushCounter _out = new();
        private int _next;

        public List<int> FlushedAtRead { get; } = [];

        public TextReader In => new Reader(this, lines);

        public TextWriter Out => _out;

        public TextWriter Error => TextWriter.Null;

        public bool IsTerminal => false;

        public void Dispose() => _out.Dispose();

        private sealed class Reader(Conversation owner, string[] lines) : TextReader
        {
            public override ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken)
            {
                owner.FlushedAtRead.Add(owner._out.Flushes);
                return ValueTask.FromResult(owner._next < lines.Length ? lines[owner._next++] : null);
            }
        }

        private sealed class FlushCounter : StringWriter
        {
            public int Flushes { get; private set; }

            public override Task FlushAsync(CancellationToken cancellationToken)
            {
                Flushes++;
                return Task.CompletedTask;
            }
        }
    }
}
