using System.CommandLine;
using MallVip.Rules.Cel;

namespace MallVip.Silo.Commands;

internal static class EvalVerb
{
    public static Command Create(IConsoleOutput console)
    {
        var verb = new Command("eval");
        verb.SetAction((_, cancellation) => RunAsync(console, cancellation));
        return verb;
    }

    private static async Task<int> RunAsync(IConsoleOutput console, CancellationToken cancellation)
    {
        while (await console.In.ReadLineAsync(cancellation) is { } line)
        {
            await console.Out.WriteLineAsync(CelEval.EvaluateLine(line));
            await console.Out.FlushAsync(cancellation);
        }

        return 0;
    }
}
