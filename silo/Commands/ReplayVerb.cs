using System.CommandLine;
using MallVip.Silo.Replay;

namespace MallVip.Silo.Commands;

internal static class ReplayVerb
{
    public static Command Create(IConsoleOutput console)
    {
        var rules = SharedOptions.Rules();
        var events = new Option<string>("--events") { Required = true };
        var until = new Option<DateTimeOffset?>("--until");
        var output = new Option<string?>("--out");
        var verb = new Command("replay")
        {
            rules, events, until, output,
        };
        verb.SetAction((parsed, cancellation) => ReplayCommand.RunAsync(
            new(parsed.GetValue(rules)!, parsed.GetValue(events)!, parsed.GetValue(until),
                parsed.GetValue(output)),
            console,
            cancellation));
        return verb;
    }
}
