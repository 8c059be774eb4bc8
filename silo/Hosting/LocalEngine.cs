using MallVip.Grains.Desk;
using MallVip.Grains.Hosting;
using MallVip.Grains.Inbox;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Rules.Programmes;
using MallVip.Silo.Hosting.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MallVip.Silo.Hosting;

/// <summary>
/// The engine in this process without the HTTP API: what <c>replay</c>, <c>import</c> and benchmarks run on.
/// </summary>
public sealed class LocalEngine : IAsyncDisposable
{
    private readonly IHost _host;
    private Task? _closing;

    private LocalEngine(JournalSet set, IHost host) => (Set, _host) = (set, host);

    public JournalSet Set { get; }

    public EventIntake Intake => _host.Services.GetRequiredService<EventIntake>();

    public MemberDesk Desk => _host.Services.GetRequiredService<MemberDesk>();

    /// <summary>The clock of everything that is no run.</summary>
    public TimeProvider Time => _host.Services.GetRequiredService<TimeProvider>();

    public IServiceProvider Services => _host.Services;

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Opens the engine over a store.</summary>
    /// <param name="store">Closed with the engine.</param>
    /// <param name="key">The server key of the store.</param>
    /// <param name="programme">What decides.</param>
    /// <param name="time">The clock of everything that is no run.</param>
    /// <param name="background">False: no timers fire by themselves and nothing is fed to watchers.</param>
    /// <param name="inbox">Bounds of the inbox; null: the defaults.</param>
    /// <param name="seat">The cluster to join; null: it is alone.</param>
    /// <param name="features">What the runtime does beside running grains; null: nothing.</param>
    public static async Task<LocalEngine> OpenAsync(
        IJournal store, ServerKey key, Programme programme, TimeProvider time, bool background,
        InboxOptions? inbox = null, ClusterSeat? seat = null, StackFeatures? features = null)
    {
        var set = await JournalSet.OpenAsync(
            store, key, programme, time, NullLoggerFactory.Instance, inbox: inbox);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(time);
        GrainStack.AddTo(builder, maxResidents: 1_000_000, seat, features);
        builder.Services.AddMallVipEngine(set, background);
        var host = builder.Build();
        await host.StartAsync();
        return new(set, host);
    }

    /// <summary>Closes the engine and its store; a second call waits for the first.</summary>
    public ValueTask DisposeAsync() => new(_closing ??= CloseAsync());

    private async Task CloseAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync();
        else
            _host.Dispose();
        await Set.DisposeAsync();
    }
}
