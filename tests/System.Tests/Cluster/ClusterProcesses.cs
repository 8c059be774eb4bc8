using MallVip.System.Tests.Crash;
using MallVip.System.Tests.Postgres;

namespace MallVip.System.Tests.Cluster;

/// <summary>Silos in processes of their own over one database.</summary>
internal sealed class ClusterProcesses : IAsyncDisposable
{
    private readonly List<SiloProcess> _silos = [];
    private readonly List<Dictionary<string, string>> _settings = [];

    private ClusterProcesses(string connection) => Connection = connection;

    public string Connection { get; }

    public IReadOnlyList<SiloProcess> Silos => _silos;

    /// <summary>Starts them all at once, over an empty journal.</summary>
    /// <param name="more">Settings of all of them.</param>
    public static async Task<ClusterProcesses> StartAsync(
        int silos, params (string Name, string Value)[] more)
    {
        var cluster = new ClusterProcesses(await PostgresSilo.CreateAsync());
        for (var silo = 1; silo <= silos; silo++)
        {
            var settings = PostgresSilo.Settings(cluster.Connection);
            settings["MallVip__Cluster__SiloName"] = $"silo-{silo}";
            foreach (var (name, value) in more)
                settings[name] = value;
            cluster._settings.Add(settings);
        }

        cluster._silos.AddRange(await Task.WhenAll(cluster._settings.Select(
            settings => SiloProcess.ServeAsync(null, environment: settings))));
        return cluster;
    }

    /// <summary>Starts a silo with the settings that another was started with.</summary>
    public Task<SiloProcess> StartAgainAsync(int silo) =>
        SiloProcess.ServeAsync(null, environment: _settings[silo]);

    /// <summary>Starts the API apart from the silos.</summary>
    public Task<SiloProcess> StartClientAsync(params (string Name, string Value)[] more)
    {
        var settings = PostgresSilo.Settings(Connection);
        foreach (var (name, value) in more)
            settings[name] = value;
        return SiloProcess.ServeAsync(null, environment: settings, options: "--api-only");
    }

    /// <summary>Asks all that still run to end, one after another, and waits for them.</summary>
    public async Task StopAsync()
    {
        foreach (var silo in _silos)
        {
            if (silo.HasEnded)
                continue;
            await silo.AskToEndAsync();
            Assert.Equal(0, await silo.EndedAsync());
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
            await silo.DisposeAsync();
    }
}
