using System.Globalization;
using System.Net;
using MallVip.Grains.Hosting;
using MallVip.Grains.Journal;
using MallVip.Silo.Hosting;
using MallVip.Silo.Hosting.Features;
using MallVip.Silo.Verify;
using MallVip.System.Tests.Engine;
using MallVip.System.Tests.Postgres;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Cluster;

/// <summary>Several silos of one cluster in this process, over one PostgreSQL.</summary>
internal sealed class ClusterHost : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly List<LocalEngine> _silos = [];
    private readonly string _connection;

    private readonly StackFeatures? _features;

    private ClusterHost(string connection, StackFeatures? features) =>
        (_connection, _features) = (connection, features);

    public IReadOnlyList<LocalEngine> Silos => _silos;

    public static async Task<ClusterHost> StartAsync(int silos, StackFeatures? features = null)
    {
        var host = new ClusterHost(await PostgresSilo.CreateAsync(), features);
        while (host._silos.Count < silos)
            await host.AddAsync();
        return host;
    }

    /// <summary>Starts one more.</summary>
    /// <param name="build">What it says its build is; null: the truth.</param>
    public async Task<LocalEngine> AddAsync(string? build = null)
    {
        var seat = Seat();
        seat = seat with { Build = build ?? seat.Build };
        var store = await PostgresJournal.OpenAsync(new()
        {
            ConnectionString = _connection,
            IsShared = true,
            Cluster = seat.ClusterId,
            Address = seat.EndPoint,
        });
        var silo = await LocalEngine.OpenAsync(
            store, ServerKey.FromText(PostgresSilo.Key), TestProgramme.Instance, TimeProvider.System,
            background: true, seat: seat, features: _features).WaitAsync(Patience);
        _silos.Add(silo);
        return silo;
    }

    /// <summary>How many grains of a class each silo has.</summary>
    public async Task<int[]> ResidentsAsync(string type)
    {
        var grains = await _silos[0].Grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        return [.. from grain in grains
                   where grain.GrainType.Contains(type, StringComparison.Ordinal)
                   group grain by grain.SiloAddress into silo
                   select silo.Count()];
    }

    /// <summary>Stops all and reads the journal once more.</summary>
    public async Task AuditAsync()
    {
        foreach (var silo in _silos)
            await silo.DisposeAsync();
        await using var journal = await PostgresJournalReader.OpenAsync(
            new PostgresOptions { ConnectionString = _connection });
        var audit = await Auditor.RunAsync(journal, null, default);
        using var text = new StringWriter();
        VerifyCommand.Write(audit, text);
        Assert.True(audit.IsClean, text.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var silo in _silos)
            await silo.DisposeAsync();
    }

    private ClusterSeat Seat() => new()
    {
        ClusterId = "test",
        ServiceId = "test",
        SiloName = $"silo-{_silos.Count + 1}",
        Address = IPAddress.Loopback,
        SiloPort = int.Parse(PostgresSilo.FreePort(), CultureInfo.InvariantCulture),
        GatewayPort = 0,
        ConnectionString = _connection,
    };
}
