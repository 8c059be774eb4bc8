using System.CommandLine;
using MallVip.Silo.Replay;

namespace MallVip.Silo.Commands;

internal static class ReplayVerb
{
    public static Command Create(IConsoleOutput console)
    {
        var rules = SharedOptions.Rules();
        var events =
            new Option<string>("--events") { Description = "CloudEvents, one JSON a line.", Required = true };
        var until = new Option<DateTimeOffset?>("--until")
        {
            Description =
                "Final clock (RFC 3339); later lines are not decided. Default: the latest event's time.",
        };
        var output =
            new Option<string?>("--out") { Description = "File for the members. Default: standard output." };
        var verb = new Command(
            "replay", "Run events through rules without a server; one JSON line per member comes out.")
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
