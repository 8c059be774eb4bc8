using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MallVip.Grains.Embedded;

/// <summary>Puts the runtime into a host.</summary>
public static class EmbeddedGrainHosting
{
    /// <summary>
    /// Adds <see cref="GrainRuntime"/>, <see cref="IGrainFactory"/> and a hosted service that drains at stop.
    /// Grain classes are found in <paramref name="assemblies"/>; their constructors take root services. A
    /// <see cref="TimeProvider"/> of the container drives timers, ages and time-outs.
    /// </summary>
    public static IServiceCollection AddEmbeddedGrains(
        this IServiceCollection services, Action<EmbeddedGrainOptions> configure,
        params Assembly[] assemblies)
    {
        var options = new EmbeddedGrainOptions();
        configure(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddSingleton(it => new GrainRuntime(
            it, options, it.GetRequiredService<TimeProvider>(),
            it.GetRequiredService<ILogger<GrainRuntime>>(), assemblies));
        services.AddSingleton<IGrainFactory>(it => it.GetRequiredService<GrainRuntime>());
        services.AddSingleton<GrainMetrics>();
        return services.AddHostedService<RuntimeHost>();
    }

    private sealed class RuntimeHost(GrainRuntime runtime, GrainMetrics metrics) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            metrics.Publish();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => runtime.StopAsync(cancellationToken);
    }
}
