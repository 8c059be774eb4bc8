using MallVip.Client.Keys;
using MallVip.Grains.Journal;
using MallVip.Rules.Programmes;
using MallVip.Silo.Hosting;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Serve;

/// <summary>How to serve.</summary>
public sealed record ServeOptions(string Rules, string Data, string Urls);

/// <summary>The verb <c>mallvip serve</c>: a silo with the HTTP API.</summary>
public static class ServeCommand
{
    /// <summary>
    /// 0: stopped as asked; 1: the journal cannot be used; 2: the programme or the configuration is wrong.
    /// </summary>
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
        await using var silo = await SiloApp.StartAsync(options, programme, TimeProvider.System, cancellation);
        await console.Error.WriteLineAsync(ConsoleText.Current.Format(
            "serve.ready", GrainStack.Name, string.Join(", ", silo.Urls), programme.Version[..12],
            Path.GetFullPath(options.Data)));
        await silo.WaitForShutdownAsync(cancellation);
    }
}
