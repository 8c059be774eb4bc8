using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace MallVip.Client.Keys;

/// <summary>
/// Asks <see cref="StartupGuard"/> twice: before the server starts, by the configuration, and once it has, by
/// the addresses that it really listens on (code may have chosen them).
/// </summary>
internal sealed class StartupWatch(ApiOptions options, IConfiguration configuration, IServer server)
    : IHostedLifecycleService
{
    private static readonly char[] Separator = [';'];

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        Check(ConfiguredUrls());
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        Check(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<string> ConfiguredUrls()
    {
        var urls = (configuration["urls"] ?? "").Split(Separator, StringSplitOptions.RemoveEmptyEntries);
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren();
        return urls.Concat(endpoints.Select(endpoint => endpoint["Url"]).OfType<string>());
    }

    private void Check(IEnumerable<string> urls)
    {
        var faults = StartupGuard.Examine(urls, options);
        if (!faults.IsEmpty)
            throw new StartupRefusedException(faults);
    }
}
