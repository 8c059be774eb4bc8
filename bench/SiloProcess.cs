using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MallVip.Bench;

/// <summary>
/// A silo of this build in a process of its own, with a fresh journal in a temporary folder.
/// </summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private SiloProcess(Process process, string folder, Uri url) =>
        (_process, _folder, Url) = (process, folder, url);

    public Uri Url { get; }

    /// <summary>Memory that the operating system holds for it, in bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <param name="environment">Settings beyond this process's own; null: none.</param>
    public static async Task<SiloProcess> StartAsync(
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var folder = Directory.CreateTempSubdirectory("mallvip-bench-").FullName;
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])
            [Path.Combine(AppContext.BaseDirectory, "mallvip.dll"), "serve", "--data", folder, "--urls",
                url.ToString()])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException("The silo did not start.");
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Contains(url.Authority, StringComparison.Ordinal))
                return new(process, folder, url);
        }

        throw new InvalidOperationException("The silo ended before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
