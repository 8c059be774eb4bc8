using System.Buffers;
using System.Collections.Immutable;
using MallVip.Client;
using MallVip.Client.Wire;

namespace MallVip.Silo.Import.Http;

/// <summary>
/// Sends an import to a silo that runs, as one run: requests of NDJSON whose answers are read before the next
/// one goes. What a silo cannot take at present is sent again, which is safe; a line that was taken the first
/// time is then told as a duplicate.
/// </summary>
public sealed class HttpSink : IImportSink, IDisposable
{
    /// <summary>A silo reads this much of an upload before anybody reads its answers.</summary>
    internal const int MaxLines = 2_000;

    private const int MaxBytes = 2 << 20;
    private const int Tries = 8;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly MallVipClient _client;
    private readonly TimeProvider _time;
    private string _run = "";
    private bool _reached;

    /// <param name="silo">Where the silo listens, as <c>http://127.0.0.1:5100</c>.</param>
    /// <param name="key">An API key with the scopes write and operate; null: the silo has none.</param>
    /// <param name="time">The clock of the waits.</param>
    public HttpSink(Uri silo, string? key, TimeProvider time)
        : this(silo, key, time, new SocketsHttpHandler())
    {
    }

    internal HttpSink(Uri silo, string? key, TimeProvider time, HttpMessageHandler handler)
    {
        _time = time;
        _http = new HttpClient(handler)
        {
            BaseAddress = silo,
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (key is not null)
            _http.DefaultRequestHeaders.Add("X-Api-Key", key);
        _client = new MallVipClient(_http, time);
    }

    /// <inheritdoc/>
    /// <exception cref="ImportSinkException">The silo cannot be reached, or refuses the run.</exception>
    public async ValueTask OpenAsync(ImportRun run, CancellationToken cancellation)
    {
        _run = run.Id;
        // The client's own tries name the problem: a key that may not, a silo that is too busy.
        await PatientlyAsync(() => _client.SendLinesAsync(default, 0, _run, cancellation), cancellation);
        _reached = true;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ImportOutcome>> AcceptAsync(
        IReadOnlyList<ImportLine> batch, CancellationToken cancellation)
    {
        var outcomes = new ImportOutcome[batch.Count];
        for (var from = 0; from < batch.Count;)
        {
            var to = EndOf(batch, from);
            await SendAsync(batch, [.. Enumerable.Range(from, to - from)], outcomes, cancellation);
            from = to;
        }

        return outcomes;
    }

    /// <summary>The run ends: what is due by the silo's clock then fires.</summary>
    public async ValueTask CompleteAsync(CancellationToken cancellation) => await PatientlyAsync(
        async () =>
        {
            await _client.EndRunAsync(_run, cancellation);
            return true;
        },
        cancellation);

    public void Dispose() => _http.Dispose();

    private static int EndOf(IReadOnlyList<ImportLine> batch, int from)
    {
        var (to, bytes) = (from, 0);
        while (to < batch.Count && to - from < MaxLines && (to == from || bytes < MaxBytes))
            bytes += batch[to++].Json.Length + 1;
        return to;
    }

    /// <summary>Sends lines until each has an outcome.</summary>
    private async Task SendAsync(
        IReadOnlyList<ImportLine> batch, ImmutableArray<int> lines, ImportOutcome[] outcomes,
        CancellationToken cancellation)
    {
        for (var attempt = 1; !lines.IsEmpty; attempt++)
        {
            var answers = await PatientlyAsync(() => SendAsync(batch, lines, cancellation), cancellation);
            var again = lines.Where((_, i) => answers[i].Error?.Code == "try_again").ToImmutableArray();
            for (var i = 0; i < lines.Length; i++)
                outcomes[lines[i]] = OutcomeOf(answers[i]);
            if (again.Length > 0 && attempt == Tries)
                throw new ImportSinkException("The silo cannot record at present.");
            lines = again;
            if (again.Length > 0)
                await WaitAsync(attempt, cancellation);
        }
    }

    private Task<IReadOnlyList<EventAnswerBody>> SendAsync(
        IReadOnlyList<ImportLine> batch, ImmutableArray<int> lines, CancellationToken cancellation)
    {
        var body = new ArrayBufferWriter<byte>();
        foreach (var line in lines)
        {
            body.Write(batch[line].Json.Span);
            body.Write("\n"u8);
        }

        return _client.SendLinesAsync(body.WrittenMemory, lines.Length, _run, cancellation);
    }

    /// <summary>A silo that is busy, or gone for a restart, is waited for; repeating is safe.</summary>
    private async Task<T> PatientlyAsync<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception failure) when (attempt < Tries && IsPassing(failure))
            {
                await WaitAsync(attempt, cancellation);
            }
            catch (Exception failure) when (failure is MallVipProblemException or HttpRequestException
                or IOException)
            {
                throw new ImportSinkException(
                    $"The silo at {_http.BaseAddress} did not take it: {failure.Message}", failure);
            }
        }
    }

    /// <summary>A silo that was never there is not waited for.</summary>
    private bool IsPassing(Exception failure) => failure switch
    {
        MallVipProblemException refused => refused.Problem.Status is 429 or 503,
        HttpRequestException or IOException => _reached,
        _ => false,
    };

    private Task WaitAsync(int attempt, CancellationToken cancellation)
    {
        var wait = TimeSpan.FromSeconds(Math.Pow(2, attempt - 1));
        return Task.Delay(wait < LongestWait ? wait : LongestWait, _time, cancellation);
    }

    private static ImportOutcome OutcomeOf(EventAnswerBody answer) => answer switch
    {
        { Error: { } error } => new ImportOutcome.Rejected(error.Code, error.Detail),
        { Status: "duplicate" } => ImportOutcome.Duplicate.Instance,
        _ => ImportOutcome.Accepted.Instance,
    };
}
