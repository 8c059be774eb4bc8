using System.CommandLine;
using MallVip.Silo.Publishing;

namespace MallVip.Silo.Commands;

internal static class PublishVerb
{
    public static Command Create(IConsoleOutput console)
    {
        var (rules, to, key, json) =
            (SharedOptions.Rules(), SiloOptions.To(), SiloOptions.Key(), SharedOptions.Json());
        var note = SiloOptions.Note();
        var at = new Option<DateTimeOffset?>("--at");
        var expected = new Option<string?>("--expected");
        var allow = new Option<string[]>("--allow");
        var dryRun = new Option<bool>("--dry-run");
        var verb = new Command("publish")
        {
            rules, to, key, note, at, expected, allow, dryRun, json,
        };
        verb.SetAction((parsed, cancellation) => PublishCommand.RunAsync(
            new(new(parsed.GetValue(to)!, parsed.GetValue(key), parsed.GetValue(json)),
                parsed.GetValue(rules)!, parsed.GetValue(note), parsed.GetValue(at),
                parsed.GetValue(expected),
                [.. parsed.GetValue(allow) ?? []], parsed.GetValue(dryRun)),
            console, cancellation));
        return verb;
    }
}
