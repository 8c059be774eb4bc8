using System.Collections.Immutable;
using MallVip.Client.Keys;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Rules.Programmes.Loading;
using MallVip.Silo.Hosting;
using MallVip.Silo.Hosting.Clusters;
using MallVip.Silo.Hosting.Features;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Texts;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.Silo.Serve;

/// <summary>How to serve.</summary>
public sealed record ServeOptions(string Rules, JournalChoice Journal, string Urls)
{
    /// <summary>The cluster to join. Default: none.</summary>
    public ClusterChoice Cluster { get; init; } = ClusterChoice.None;

    /// <summary>What the runtime does beside running grains. Default: nothing.</summary>
    public StackFeatures Features { get; init; } = StackFeatures.None;

    /// <summary>What else is wrong with the configuration, one sentence each. Default: nothing.</summary>
    public ImmutableArray<string> Faults { get; init; } = [];
}

/// <summary>The verb <c>mallvip serve</c>: a silo with the HTTP API.</summary>
public static class ServeCommand
{
    /// <summary>
    /// 0: stopped as asked; 1: the journal cannot be used, or the cluster has put the silo out; 2: the
    /// programme or the configuration is wrong.
    /// </summary>
    public static async Task<int> RunAsync(
        ServeOptions options, IConsoleOutput console, CancellationToken cancellation)
    {
        var matcher = MatcherSetting.Load();
        var workshop = new ProgrammeWorkshop(matcher.Builder);
        try
        {
            var folder = await workshop.LoadAsync(ProgrammeFolder.Files(options.Rules));
            if (folder.Programme is null && options.Journal is { Faults: [], Place.IsUnused: true })
                return ProgrammeFolder.Refuse(folder, options.Rules, console.Error);
            await ServeAsync(
                options with { Faults = matcher.Faults }, folder, workshop, console, cancellation);
            return 0;
        }
        catch (ProgrammeUnusableException unusable)
        {
            return ProgrammeFolder.Refuse(unusable.Result, options.Rules, console.Error);
        }
        catch (StartupRefusedException refused)
        {
            await console.Error.WriteLineAsync(refused.Message);
            return 2;
        }
        catch (JournalOfAnotherClusterException other)
        {
            await console.Error.WriteLineAsync(ConsoleText.Current.Format(
                "cluster.other", other.Asked, other.Cluster, other.Database));
            return 2;
        }
        catch (Exception failure) when (
            failure is JournalException or SiloDeadException or IOException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync($"mallvip: {failure.Message}");
            return 1;
        }
    }

    private static async Task ServeAsync(
        ServeOptions options, ProgrammeResult folder, ProgrammeWorkshop workshop, IConsoleOutput console,
        CancellationToken cancellation)
    {
        await using var silo =
            await SiloApp.StartAsync(options, folder, workshop, TimeProvider.System, cancellation);
        var programme = silo.Services.GetRequiredService<ProgrammeHost>().Shown;
        await console.Error.WriteLineAsync(ConsoleText.Current.Format(
            "serve.ready", GrainStack.Name, string.Join(", ", silo.Urls), programme.Version[..12],
            options.Journal.Place));
        await silo.WaitForShutdownAsync(cancellation);
        if (silo.Ended is { } ended)
            throw ended;
    }
}
