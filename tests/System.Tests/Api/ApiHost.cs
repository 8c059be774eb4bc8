using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using MallVip.Client;
using MallVip.Client.Live;
using MallVip.Grains.Desk;
using MallVip.Grains.Runs;
using MallVip.Rules.Programmes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MallVip.System.Tests.Api;

/// <summary>
/// The API on a real socket of this machine, with <see cref="FakeDoor"/> for an engine and no desk.
/// </summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ApiHost(WebApplication app, FakeDoor door, LogCatcher logs)
    {
        _app = app;
        Door = door;
        Logs = logs.Lines;
        Address = new Uri(app.Urls.Single());
        Http = new HttpClient { BaseAddress = Address };
    }

    public FakeDoor Door { get; }

    public ConcurrentQueue<string> Logs { get; }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public LiveHub Live => _app.Services.GetRequiredService<LiveHub>();

    public static async Task<ApiHost> StartAsync(
        ApiOptions? options = null, Action<WebApplicationBuilder>? configure = null)
    {
        var (door, logs) = (new FakeDoor(), new LogCatcher());
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Trace);
        builder.Services
            .AddSingleton(door.Door)
            .AddSingleton(new OpenRuns(TimeProvider.System))
            .AddSingleton<Func<Programme>>(() => SampleProgramme.Instance)
            .AddSingleton((MemberDesk)RuntimeHelpers.GetUninitializedObject(typeof(MemberDesk)))
            .AddMallVipApi(options ?? new());
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapMallVip();
        await app.StartAsync();
        return new(app, door, logs);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync(TestContext.Limit);
        await _app.DisposeAsync();
    }

    private sealed class LogCatcher : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
            string> formatter) =>
            Lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}

/// <summary>How long any test may wait for something that must happen.</summary>
internal static class TestContext
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static CancellationToken Limit => new CancellationTokenSource(Patience).Token;
}
