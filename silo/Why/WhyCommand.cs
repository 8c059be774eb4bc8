using System.Text.Json;
using MallVip.Client;
using MallVip.Client.Explaining;
using MallVip.Client.Keys;
using MallVip.Client.Wire;
using MallVip.Grains.Explaining;
using MallVip.Grains.Journal;
using MallVip.Rules.Checking;
using MallVip.Rules.Explaining;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Why;

/// <summary>
/// The verb <c>mallvip why</c>: reads the journal beside a running silo, or asks the silo itself.
/// </summary>
public static class WhyCommand
{
    /// <summary>0: explained; 1: there is no such member, entry or line; 2: it cannot be read.</summary>
    public static async Task<int> RunAsync(
        WhyOptions options, IConsoleOutput console, CancellationToken cancellation)
    {
        try
        {
            return options.Silo is { } silo
                ? await AskAsync(options, silo, console, cancellation)
                : await ReadAsync(options, console, cancellation);
        }
        catch (MallVipProblemException refused)
        {
            await console.Error.WriteLineAsync($"why: {refused.Problem.Detail}");
            return refused.Problem.Status == 404 ? 1 : 2;
        }
        catch (Exception failure) when (
            failure is JournalException or IOException or UnauthorizedAccessException or HttpRequestException
                or StartupRefusedException)
        {
            await console.Error.WriteLineAsync($"why: {failure.Message}");
            return 2;
        }
    }

    private static async Task<int> AskAsync(
        WhyOptions options, Uri silo, IConsoleOutput console, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = silo };
        if (options.Key is { } key)
            http.DefaultRequestHeaders.Add("X-Api-Key", key);
        var client = new MallVipClient(http);
        await console.Out.WriteAsync(options.Json
            ? Json(await client.WhyAsync(options.Member, options.Entry, options.Line, cancellation))
            : await client.WhyTextAsync(
                options.Member, options.Entry, options.Line, ConsoleText.IsChinese() ? "zh" : "en",
                cancellation));
        return 0;
    }

    private static async Task<int> ReadAsync(
        WhyOptions options, IConsoleOutput console, CancellationToken cancellation)
    {
        await using var journal = await options.Journal.Place.OpenReaderAsync(cancellation);
        var key = options.Journal.Place.LoadKey();
        if (await HolderReader.FindAsync(journal, key, options.Member, cancellation) is not { } member)
            return await MissAsync(console, "why.no-member", options.Member);
        var archive = new EntryArchive(journal, version => ProgrammeReader.ReadAsync(journal, version));
        if (await archive.ReadAsync(member, options.Entry, cancellation) is not { } past)
            return await MissAsync(console, "why.no-entry", options.Entry);
        var why = EntryExplainer.Explain(past);
        if (options.Line is { } line && (line < 1 || line > why.Lines.Length))
            return await MissAsync(console, "why.no-line", options.Entry, why.Lines.Length);
        await console.Out.WriteAsync(options.Json
            ? Json(WhyBodies.Of(member, why, options.Line))
            : WhyTexts.Details(
                why, ConsoleText.IsChinese() ? Language.Chinese : Language.English, options.Line));
        return 0;
    }

    private static async Task<int> MissAsync(IConsoleOutput console, string key, params object[] values)
    {
        await console.Error.WriteLineAsync(ConsoleText.Current.Format(key, values));
        return 1;
    }

    private static string Json(WhyBody why) =>
        JsonSerializer.Serialize(why, ApiJson.Readable.WhyBody) + "\n";
}
