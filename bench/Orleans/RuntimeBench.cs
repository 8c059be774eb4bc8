using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MallVip.Bench;

/// <summary>Orleans on its own, in one process: <c>runtime calls [seconds]</c>.</summary>
internal static class RuntimeBench
{
    internal static async Task<int> RunAsync(string[] args)
    {
        var size = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 3;
        var output = await CallRates.HeadAsync(args);
        if (args.FirstOrDefault() != "calls")
            return 2;
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddClusterOfOne();
        using var host = builder.Build();
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        await CallRates.MeasureAsync(output, grains, TimeSpan.FromSeconds(size));
        await host.StopAsync();
        return 0;
    }
}
