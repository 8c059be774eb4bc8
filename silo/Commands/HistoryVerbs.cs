using System.CommandLine;
using MallVip.Silo.Publishing;

namespace MallVip.Silo.Commands;

/// <summary>What was published, what differs, and how to go back.</summary>
internal static class HistoryVerbs
{
    public static Command CreateHistory(IConsoleOutput console)
    {
        var (to, key, json) = (SiloOptions.To(), SiloOptions.Key(), SharedOptions.Json());
        var limit = new Option<int>("--limit")
        {
            Description = "How many, 1 to 500. Default: 20.",
            DefaultValueFactory = _ => 20,
        };
        var verb = new Command("history", "Show what was published on a running silo, newest first.")
        {
            to, key, limit, json,
        };
        verb.SetAction((parsed, cancellation) => HistoryCommand.ShowAsync(
            new(parsed.GetValue(to)!, parsed.GetValue(key), parsed.GetValue(json)), parsed.GetValue(limit),
            console, cancellation));
        return verb;
    }

    public static Command CreateDiff(IConsoleOutput console)
    {
        var (to, key, json) = (SiloOptions.To(), SiloOptions.Key(), SharedOptions.Json());
        var from = Version("--from", "Default: the version before the one in force.");
        var until = Version("--until", "Default: the version in force.");
        var verb = new Command("diff", "Show what differs between two versions on a running silo.")
        {
            to, key, from, until, json,
        };
        verb.SetAction((parsed, cancellation) => HistoryCommand.DiffAsync(
            new(parsed.GetValue(to)!, parsed.GetValue(key), parsed.GetValue(json)), parsed.GetValue(from),
            parsed.GetValue(until), console, cancellation));
        return verb;
    }

    public static Command CreateRollback(IConsoleOutput console)
    {
        var (to, key, json) = (SiloOptions.To(), SiloOptions.Key(), SharedOptions.Json());
        var version = Version("--version", "Default: what was in force before.");
        var note = SiloOptions.Note();
        var verb = new Command(
            "rollback", "Put an earlier version in force again on a running silo. " + PublishExit.Help)
        {
            to, key, version, note, json,
        };
        verb.SetAction((parsed, cancellation) => HistoryCommand.RollbackAsync(
            new(parsed.GetValue(to)!, parsed.GetValue(key), parsed.GetValue(json)), parsed.GetValue(version),
            parsed.GetValue(note), console, cancellation));
        return verb;
    }

    private static Option<string?> Version(string name, string otherwise) =>
        new(name) { Description = $"A version, or 8 digits of one. {otherwise}" };
}

/// <summary>Options of the verbs that call a running silo, each made anew for its verb.</summary>
internal static class SiloOptions
{
    public static Option<string> To() => new("--to")
    {
        Description = "The silo's address. Default: http://127.0.0.1:5100.",
        DefaultValueFactory = _ => "http://127.0.0.1:5100",
    };

    public static Option<string?> Key() => new("--key")
    {
        Description = "An API key with the scope operate. Default: the variable MALLVIP_API_KEY.",
    };

    public static Option<string?> Note() => new("--note")
    {
        Description = "What it is for, in a sentence; it stands in the history.",
    };
}
