using System.Text;
using System.Text.Json;
using MallVip.Silo;
using MallVip.Silo.Import;

namespace MallVip.System.Tests.Import;

/// <summary>A folder with a CSV file, a map and what else an import needs; gone afterwards.</summary>
internal sealed class ImportFixture : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mallvip-test-").FullName;

    public string Csv => File("in.csv");
    public string Map => File("map.yaml");
    public string Rejects => File("in.csv.rejects.csv");
    public CollectingSink Sink { get; set; } = new();
    public TestConsole Console { get; } = new();

    public string File(string name) => Path.Combine(_folder, name);

    public ImportFixture With(string name, string text)
    {
        global::System.IO.File.WriteAllText(File(name), text, new UTF8Encoding(false));
        return this;
    }

    public ImportOptions Options(ImportKind kind = ImportKind.Events) =>
        new(kind, Csv, Map) { TempPath = _folder };

    public Task<int> RunAsync(ImportKind kind = ImportKind.Events) => RunAsync(Options(kind));

    public Task<int> RunAsync(ImportOptions options) =>
        ImportCommand.RunAsync(options, Sink, Console, CancellationToken.None);

    /// <summary>Reject rows as line, code; the header left out.</summary>
    public (long Line, string Code)[] Rejected() =>
        global::System.IO.File.ReadAllLines(Rejects).Skip(1).Select(line => line.Split(','))
            .Select(cells => (long.Parse(cells[0]), cells[1])).ToArray();

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

/// <summary>Keeps what it is given; can be told what to answer and when to fail.</summary>
internal sealed class CollectingSink : IImportSink
{
    private List<JsonElement> _events = [];

    public List<ImportLine> Lines { get; } = [];
    public List<JsonElement> Events => _events.Count == Lines.Count
        ? _events
        : _events = Lines.Select(line => JsonDocument.Parse(line.Json).RootElement).ToList();
    public ImportRun? Run { get; private set; }
    public bool Completed { get; private set; }
    public int? FailAfter { get; set; }
    public Func<ImportLine, ImportOutcome> Answer { get; set; } = _ => ImportOutcome.Accepted.Instance;

    public ValueTask OpenAsync(ImportRun run, CancellationToken cancellation)
    {
        Run = run;
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<ImportOutcome>> AcceptAsync(
        IReadOnlyList<ImportLine> batch, CancellationToken cancellation)
    {
        if (Lines.Count >= FailAfter)
            throw new ImportSinkException("The silo went away.");
        Lines.AddRange(batch);
        return ValueTask.FromResult<IReadOnlyList<ImportOutcome>>(batch.Select(Answer).ToArray());
    }

    public ValueTask CompleteAsync(CancellationToken cancellation)
    {
        Completed = true;
        return ValueTask.CompletedTask;
    }
}

/// <summary>A console whose text tests read.</summary>
internal sealed class TestConsole : IConsoleOutput
{
    public TextReader In => TextReader.Null;
    public TextWriter Out { get; } = new StringWriter();
    public TextWriter Error { get; } = new StringWriter();
    public bool IsTerminal { get; init; }
}
