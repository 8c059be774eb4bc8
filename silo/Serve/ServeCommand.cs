using MallVip.Client;
using MallVip.Client.Keys;
using MallVip.Grains.Hosting;
using MallVip.Grains.Journal;
using MallVip.Rules.Programmes;
using MallVip.Silo.Hosting;
using MallVip.Silo.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MallVip.Silo.Serve;

/// <summary>How to serve.</summary>
public sealed record ServeOptions(string Rules, string Data, string Urls);

/// <summary>The verb <c>mallvip serve</c>: a silo with the HTTP API.</summary>
public static class ServeCommand
{
    /// <summary>0: stopped as asked; 1: the journal cannot be used; 2: the programme or the configuration is wrong.</summary>
    public static async Task<int> RunAsync(ServeOptions options, IConsoleOutput console, CancellationToken cancellation)
    {
        if (ProgrammeFolder.Load(options.Rules, console.Error) is not { } programme)
            return 2;
        try
        {
            await ServeAsync(options, programme, console, cancellation);
            return 0;
        }
        catch (StartupRefusedException refused)
        {
            await console.Error.WriteLineAsync(refused.Message);
            return 2;
        }
        catch (Exception failure) when (failure is JournalException or IOException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync($"mallvip: {failure.Message}");
            return 1;
        }
    }

    private static async Task ServeAsync(
        ServeOptions options, Programme programme, IConsoleOutput console, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.Urls);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        var api = builder.Configuration.GetSection("MallVip").Get<ApiOptions>() ?? new ApiOptions();
        if (StartupGuard.Examine(options.Urls.Split(';'), api) is { IsEmpty: false } faults)
            throw new StartupRefusedException(faults);
        var (journal, key) = JournalFolder.Open(options.Data);
        using var logs = LoggerFactory.Create(log => log.AddSimpleConsole().AddFilter("Microsoft", LogLevel.Warning));
        await using var set = await JournalSet.OpenAsync(journal, key, programme, TimeProvider.System, logs);
        GrainStack.AddTo(builder, maxResidents: 1_000_000);
        builder.Services.AddMallVipEngine(set);
        builder.Services.AddMallVipApi(api);
        await using var app = builder.Build();
        app.MapMallVip();
        await app.StartAsync(cancellation);
        await console.Error.WriteLineAsync(ConsoleText.Current.Format(
            "serve.ready", GrainStack.Name, string.Join(", ", app.Urls), programme.Version[..12],
            Path.GetFullPath(options.Data)));
        await app.WaitForShutdownAsync(cancellation);
    }
}
