using MallVip.Client;
using MallVip.Client.Health;
using MallVip.Client.Keys;
using MallVip.Grains.Hosting;
using MallVip.Grains.Inbox;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Rules.Programmes.Loading;
using MallVip.Silo.Hosting;
using MallVip.Silo.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MallVip.Silo.Serve;

/// <summary>A silo that is up: the engine over a data folder, and its HTTP API.</summary>
public sealed class SiloApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly JournalSet _set;
    private readonly ILoggerFactory _logs;

    private SiloApp(WebApplication app, JournalSet set, ILoggerFactory logs) =>
        (_app, _set, _logs) = (app, set, logs);

    /// <summary>The addresses it listens on, with the ports that were asked for as 0.</summary>
    public IReadOnlyCollection<string> Urls => [.. _app.Urls];

    public IServiceProvider Services => _app.Services;

    /// <summary>Opens the data folder and listens.</summary>
    /// <param name="options">Where.</param>
    /// <param name="folder">What was found in the folder; the journal's last publish goes before it.</param>
    /// <param name="workshop">What compiled it.</param>
    /// <param name="time">The clock of everything that is no run.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StartupRefusedException">An address or a key is configured unsafely.</exception>
    /// <exception cref="ProgrammeUnusableException">There is no programme to serve.</exception>
    /// <exception cref="JournalException">The data folder cannot be used.</exception>
    /// <exception cref="IOException">An address is taken.</exception>
    public static async Task<SiloApp> StartAsync(
        ServeOptions options, ProgrammeResult folder, ProgrammeWorkshop workshop, TimeProvider time,
        CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.Features.DashboardPort is { } port
            ? $"{options.Urls};http://127.0.0.1:{port}" : options.Urls);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        var check = SettingsCheck.Of(builder.Configuration);
        var api = check.Sound.GetSection("MallVip").Get<ApiOptions>() ?? new ApiOptions();
        var faults = check.Faults().AddRange(StartupGuard.Examine(options.Urls.Split(';'), api))
            .AddRange(options.Journal.Faults).AddRange(options.Cluster.Faults)
            .AddRange(options.Features.Faults).AddRange(options.Faults);
        if (!faults.IsEmpty)
            throw new StartupRefusedException([.. faults.Distinct()]);
        var seat = await options.Cluster.TakeAsync(cancellation);
        var (journal, key) = await options.Journal.Place.OpenAsync(seat, cancellation);
        var database = journal as PostgresJournal;
        var logs = LoggerFactory.Create(
            log => log.AddSimpleConsole().AddFilter("Microsoft", LogLevel.Warning));
        var set = await OpenAsync(journal, key, folder, workshop, time, logs, api.Inbox);
        builder.Services.AddSingleton(time);
        GrainStack.AddTo(builder, maxResidents: 1_000_000, seat, options.Features);
        builder.Services.AddMallVipEngine(set, hasGrains: seat is not { IsClient: true });
        builder.Services.AddMallVipApi(api);
        if (options.Rules.Length > 0 && seat is not { IsClient: true })
            builder.Services.AddSingleton(options).AddHostedService<FolderWatch>();
        builder.Services.AddSingleton<IReadinessProbe, JournalProbe>();
        builder.Services.AddSingleton<IReadinessProbe, ProgrammeProbe>();
        builder.Services.AddSingleton<IReadinessProbe, InboxProbe>();
        builder.Services.AddSingleton<IReadinessProbe>(new StoreProbe(journal));
        if (database is not null)
        {
            builder.Services.AddSingleton<IReadinessProbe>(
                new DurabilityProbe(database, options.Journal.ExpectsStandby));
            builder.Services.AddSingleton<IReadinessProbe>(new ClockProbe(database));
        }

        if (database is not null && seat is not { IsClient: true } && options.Journal.ArchiveAfter is { } age)
            builder.Services.AddHostedService(services =>
                ActivatorUtilities.CreateInstance<ArchiveWork>(services, database, age));
        var silo = new SiloApp(builder.Build(), set, logs);
        try
        {
            silo._app.MapMallVip();
            GrainStack.MapTo(silo._app, options.Features);
            await silo._app.StartAsync(cancellation);
            if (database is not null)
                _ = silo.StopWhenReplacedAsync(database);
            _ = silo.StopWhenDeadAsync();
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    private static async Task<JournalSet> OpenAsync(
        IJournal journal, ServerKey key, ProgrammeResult folder, ProgrammeWorkshop workshop,
        TimeProvider time, ILoggerFactory logs, InboxOptions inbox)
    {
        try
        {
            var programme = await ProgrammeStart.ChooseAsync(journal, workshop, folder, time);
            var set = await JournalSet.OpenAsync(journal, key, programme, time, logs, workshop, inbox);
            await set.Programmes.FollowAsync(await ProgrammeHistory.ReadAsync(journal));
            return set;
        }
        catch
        {
            await journal.DisposeAsync();
            throw;
        }
    }

    /// <summary>Why it stopped by itself: what it remembers of the journal is void, or the others of its
    /// cluster have declared it dead. Null: it did not.</summary>
    public Exception? Ended { get; private set; }

    /// <summary>Ends when the process is asked to stop, or the token is.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellation) =>
        _app.WaitForShutdownAsync(cancellation);

    /// <summary>Answers what was taken in, writes what is queued, and closes the data folder.</summary>
    public async ValueTask DisposeAsync()
    {
        // Disposing alone would take the services away under the background work.
        if (!_app.Lifetime.ApplicationStopped.IsCancellationRequested)
            await _app.StopAsync();
        await _app.DisposeAsync();
        await _set.DisposeAsync();
        _logs.Dispose();
    }

    private async Task StopWhenReplacedAsync(PostgresJournal database)
    {
        Ended = await database.Replaced;
        _app.Lifetime.StopApplication();
    }

    private async Task StopWhenDeadAsync()
    {
        var reason = await GrainStack.EndOf(_app.Services);
        Ended ??= new SiloDeadException(ConsoleText.Current.Format("cluster.dead", reason));
        _app.Lifetime.StopApplication();
    }
}

/// <summary>The silo is no part of its cluster any more; the message is for the operator.</summary>
public sealed class SiloDeadException(string message) : Exception(message);
