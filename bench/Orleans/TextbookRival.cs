using System.Diagnostics;
using MallVip.Grains.Journal;
using MallVip.Grains.Orleans.Matching;
using MallVip.Rules.Programmes.Loading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace MallVip.Bench;

/// <summary>The textbook grain over ADO.NET storage, with Npgsql tuned: statements prepared by themselves, no
/// reset when a connection goes back.</summary>
internal sealed class TextbookRival : IRival
{
    private const string Schema = "mallvip_bench_textbook";
    private const int Rules = 20;

    private readonly string _connection;
    private readonly IHost _host;
    private readonly int _members;
    private int _turn;

    private TextbookRival(string connection, IHost host, int members) =>
        (_connection, _host, _members) = (connection, host, members);

    public string Name => "textbook grain";

    public static async Task<TextbookRival> OpenAsync(string connection, string scripts, int members)
    {
        await Migrator.RunAsync(connection, $"CREATE SCHEMA {Schema}");
        var own = new NpgsqlConnectionStringBuilder(connection)
        {
            SearchPath = Schema,
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
        }.ConnectionString;
        foreach (var script in (string[])["PostgreSQL-Main.sql", "PostgreSQL-Persistence.sql"])
            await Migrator.RunAsync(own, await File.ReadAllTextAsync(Path.Combine(scripts, script)));
        var host = Host(own);
        await host.StartAsync();
        return new(connection, host, members);
    }

    public async Task<double> MeasureAsync(int callers, int seconds)
    {
        var grains = _host.Services.GetRequiredService<IGrainFactory>();
        var (begin, count, turn) = (Stopwatch.GetTimestamp(), 0L, ++_turn);
        var until = begin + (seconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
        {
            await Task.Yield();
            var maker = new EventMaker((turn * 1_000) + caller, _members, TimeProvider.System);
            var random = new Random(caller);
            while (Stopwatch.GetTimestamp() < until)
            {
                await grains.GetGrain<ITextbookGrain>(random.Next(_members)).Accrue(
                    maker.Purchase().ToArray());
                Interlocked.Increment(ref count);
            }
        }));
        return count / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await Migrator.RunAsync(_connection, $"DROP SCHEMA {Schema} CASCADE");
    }

    private static IHost Host(string connection)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(
            new ProgrammeLoader(NRulesMatcher.Builder).Load(RulesBenchFiles.ByCategory(Rules)).Programme!);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering(siloPort: 31_111, gatewayPort: 0)
            .AddAdoNetGrainStorageAsDefault(options =>
            {
                options.Invariant = "Npgsql";
                options.ConnectionString = connection;
            }));
        return builder.Build();
    }
}
