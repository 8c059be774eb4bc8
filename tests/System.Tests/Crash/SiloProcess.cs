using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MallVip.System.Tests.Crash;

/// <summary>A real silo in a process of its own.</summary>
internal sealed partial class SiloProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _said = [];

    private SiloProcess(Process process) => _process = process;

    /// <summary>What it wrote to stderr and stdout so far.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return string.Join('\n', _said);
        }
    }

    public HttpClient Http { get; private set; } = new();

    public bool HasEnded => _process.HasExited;

    /// <summary>From the start of the process to the first <c>200</c> of <c>/readyz</c>.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>Starts <c>mallvip serve</c> on a free port and waits until it is ready.</summary>
    /// <param name="data">Its folder; null: what the environment configures.</param>
    /// <param name="rules">The programme; null: the demo's.</param>
    /// <param name="environment">Configuration; null: none.</param>
    /// <param name="options">More of the command line.</param>
    public static async Task<SiloProcess> ServeAsync(
        string? data, string? rules = null, IReadOnlyDictionary<string, string>? environment = null,
        params string[] options)
    {
        var started = TimeProvider.System.GetTimestamp();
        var silo = Start(data, rules, environment, options);
        var ended = silo._process.WaitForExitAsync();
        var first = await Task.WhenAny(silo._address.Task, ended).WaitAsync(Patience);
        Assert.True(first == silo._address.Task, $"The silo ended: {silo.Said}");
        silo.Http = new HttpClient { BaseAddress = await silo._address.Task, Timeout = Patience };
        using var ready = await silo.Http.GetAsync("/readyz");
        ready.EnsureSuccessStatusCode();
        silo.ReadyAfter = TimeProvider.System.GetElapsedTime(started);
        return silo;
    }

    /// <summary>Starts <c>mallvip serve</c>, which is expected to refuse; answers its exit code.</summary>
    public static async Task<(int Code, string Said)> RefuseAsync(
        string? data, string? rules = null, IReadOnlyDictionary<string, string>? environment = null,
        params string[] options)
    {
        await using var silo = Start(data, rules, environment, options);
        await silo._process.WaitForExitAsync().WaitAsync(Patience);
        return (silo._process.ExitCode, silo.Said);
    }

    /// <summary>Starts any verb.</summary>
    public static SiloProcess Start(
        IEnumerable<string> words, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "mallvip.dll"));
        foreach (var word in words)
            start.ArgumentList.Add(word);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        start.Environment["MALLVIP_LANG"] = "en";
        var process = new SiloProcess(new Process { StartInfo = start });
        process._process.ErrorDataReceived += (_, line) => process.Hear(line.Data);
        process._process.OutputDataReceived += (_, line) => process.Hear(line.Data);
        process._process.Start();
        process._process.BeginErrorReadLine();
        process._process.BeginOutputReadLine();
        return process;
    }

    /// <summary>Waits until it has ended by itself; answers its exit code.</summary>
    public async Task<int> EndedAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>SIGSTOP: it stands still in mid-sentence, its connections open.</summary>
    public Task PauseAsync() => SignalAsync("-STOP");

    /// <summary>SIGCONT: it goes on as if no time had passed.</summary>
    public Task ResumeAsync() => SignalAsync("-CONT");

    /// <summary>SIGTERM: it is asked to end.</summary>
    public Task AskToEndAsync() => SignalAsync("-TERM");

    /// <summary>SIGKILL: it does not get to write another byte.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
        Http.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(0, kill.ExitCode);
    }

    private static SiloProcess Start(
        string? data, string? rules, IReadOnlyDictionary<string, string>? environment, string[] options)
    {
        List<string> words = ["serve", "--urls", "http://127.0.0.1:0", .. options];
        if (data is not null)
            words.AddRange(["--data", data]);
        if (rules is not null)
            words.AddRange(["--rules", rules]);
        return Start(words, environment);
    }

    private void Hear(string? line)
    {
        if (line is null)
            return;
        lock (_said)
            _said.Add(line);
        if (Address().Match(line) is { Success: true } match)
            _address.TrySetResult(new Uri(match.Value));
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Address();
}
