using MallVip.Rules.Network;
using MallVip.Rules.Programmes.Loading;
using MallVip.Silo.Hosting;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Check;

/// <summary>The verb <c>check</c>: tells what is wrong with a programme, and shows it if asked.</summary>
internal static class CheckCommand
{
    /// <summary>0 if the programme can be used, else 2.</summary>
    public static int Run(CheckOptions options, IConsoleOutput console)
    {
        if (ProgrammeFolder.Read(options.Rules, console.Error) is not { } result)
            return 2;
        // What is drawn goes into a file as it is.
        Tell(result, options, options.Graph ? console.Error : console.Out);
        if (result.Programme is not { } programme)
            return 2;
        if (options.Graph && programme.Matcher is RuleNetwork network)
            console.Out.Write(MermaidText.Of(network.Describe()));
        if (options.Overview)
            OverviewText.Write(programme, ConsoleText.Current, console.Out);
        return 0;
    }

    private static void Tell(ProgrammeResult result, CheckOptions options, TextWriter output)
    {
        foreach (var diagnostic in result.Diagnostics)
            output.WriteLine(
                options.Json ? DiagnosticText.Json(diagnostic) : DiagnosticText.Line(diagnostic));
        if (options.Json)
            return;
        output.WriteLine(result.Programme is { } programme
            ? ConsoleText.Current.Format(
                "rules.good", programme.Version[..12], programme.Rules.Length, result.Cases)
            : ConsoleText.Current.Format("rules.bad", result.Diagnostics.Length));
    }
}

/// <summary>What <c>check</c> is asked for.</summary>
/// <param name="Rules">The programme's folder.</param>
/// <param name="Json">Findings as JSON, one a line, for editors and scripts.</param>
/// <param name="Graph">Print the rule network in Mermaid.</param>
/// <param name="Overview">Print the rules by event type, in the order in which they act.</param>
internal sealed record CheckOptions(string Rules, bool Json, bool Graph, bool Overview);
