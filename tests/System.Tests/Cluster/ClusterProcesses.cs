using MallVip.System.Tests.Crash;
using MallVip.System.Tests.Postgres;

namespace MallVip.System.Tests.Cluster;

/// <summary>Silos in processes of their own over one database.</summary>
internal sealed class ClusterProcesses : IAsyncDisposable
{
    private readonly List<SiloProcess> _silos = [];
    private readonly List<Dictionary<string, string>> _settings = [];
    private readonly (string Name, string Value)[] _more;

    private ClusterProcesses(string connection, (string Name, string Value)[] more) =>
        (Connection, _more) = (connection, more);

    public string Connection { get; }

    public IReadOnlyList<SiloProcess> Silos => _silos;

    /// <summary>Starts them all at once, over an empty journal.</summary>
    /// <param name="silos">How many.</param>
    /// <param name="rules">Their programme; null: the demo's.</param>
    /// <param name="more">Settings of all of them.</param>
    public static async Task<ClusterProcesses> StartAsync(
        int silos, string? rules = null, params (string Name, string Value)[] more) =>
        await StartAsync(await PostgresSilo.CreateAsync(), silos, rules, more);

    /// <summary>The same over a database that is there, with the operator's scripts run.</summary>
    public static async Task<ClusterProcesses> StartAsync(
        string connection, int silos, string? rules = null, params (string Name, string Value)[] more)
    {
        var cluster = new ClusterProcesses(connection, more);
        await cluster.AddAsync(silos, rules);
        return cluster;
    }

    /// <summary>Starts more of them at once, each at an address of its own.</summary>
    public async Task<SiloProcess[]> AddAsync(int silos, string? rules = null)
    {
        var added = Enumerable.Range(_silos.Count + 1, silos).Select(number =>
        {
            var settings = PostgresSilo.Settings(Connection);
            settings["MallVip__Cluster__SiloName"] = $"silo-{number}";
            foreach (var (name, value) in _more)
                settings[name] = value;
            return settings;
        }).ToArray();
        _settings.AddRange(added);
        var started = await Task.WhenAll(added.Select(
            settings => SiloProcess.ServeAsync(null, rules, environment: settings)));
        _silos.AddRange(started);
        return started;
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
