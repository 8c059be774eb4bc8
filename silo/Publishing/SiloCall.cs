using MallVip.Client;
using MallVip.Client.Problems;
using MallVip.Grains.Intake;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Publishing;

/// <summary>Which silo is called, and with which key.</summary>
/// <param name="To">Its address.</param>
/// <param name="Key">An API key; null: the environment's <c>MALLVIP_KEY</c>, or none.</param>
/// <param name="Json">Print the answer as JSON.</param>
public sealed record SiloAddress(string To, string? Key, bool Json);

/// <summary>Calls a silo and tells the operator what became of it, as text and as an exit code.</summary>
internal static class SiloCall
{
    private const string KeyVariable = "MALLVIP_KEY";

    public static async Task<int> RunAsync(
        SiloAddress address, IConsoleOutput console, Func<MallVipClient, Task<int>> call)
    {
        if (!Uri.TryCreate(address.To.TrimEnd('/') + "/", UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https"))
        {
            await console.Error.WriteLineAsync(ConsoleText.Current.Format("publish.address", address.To));
            return PublishExit.Refused;
        }

        using var http = new HttpClient { BaseAddress = uri };
        if ((address.Key ?? Environment.GetEnvironmentVariable(KeyVariable)) is { Length: > 0 } key)
            http.DefaultRequestHeaders.Add("X-Api-Key", key);
        try
        {
            return await call(new MallVipClient(http));
        }
        catch (MallVipProblemException refused)
        {
            return Explain(refused.Problem, console);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            await console.Error.WriteLineAsync(
                ConsoleText.Current.Format("publish.unreachable", address.To, failure.Message));
            return PublishExit.Refused;
        }
    }

    private static int Explain(ProblemBody problem, IConsoleOutput console)
    {
        ProgrammePrinter.Write(problem.Diagnostics ?? [], console.Error);
        console.Error.WriteLine(ConsoleText.Current.Format(
            "publish.refused", problem.Code, problem.Detail, problem.Hint ?? ""));
        if (problem.Code == Refusals.NotPublishable.Code)
            return PublishExit.Mistakes;
        if (problem.Code != Refusals.ProgrammeChanged.Code)
            return PublishExit.Refused;
        if (problem.Current is { } current)
            console.Error.WriteLine(ProgrammePrinter.Line(current));
        ProgrammePrinter.Write(problem.Changes ?? [], console.Error);
        return PublishExit.Changed;
    }
}
