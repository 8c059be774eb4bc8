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
        var at = new Option<DateTimeOffset?>("--at")
        {
            Description = "When it takes effect (RFC 3339). Default: at once.",
        };
        var expected = new Option<string?>("--expected")
        {
            Description = "The newest version that you know of; refused if there is a newer one.",
        };
        var allow = new Option<string[]>("--allow")
        {
            Description = "What may vanish though members hold it: wallet:ID or tier:ID. May be repeated.",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only tell what would change." };
        var verb = new Command(
            "publish", "Check a folder's files and make them the programme of a running silo. "
            + PublishExit.Help)
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
