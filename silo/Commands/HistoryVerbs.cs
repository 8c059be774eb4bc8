using System.CommandLine;
using MallVip.Silo.Publishing;

namespace MallVip.Silo.Commands;

/// <summary>What was published, what differs, and how to go back.</summary>
internal static class HistoryVerbs
{
    public static Command CreateHistory(IConsoleOutput console)
    {
        var (to, key, json) = (SiloOptions.To(), SiloOptions.Key(), SharedOptions.Json());
        var limit = new Option<int>("--limit") { DefaultValueFactory = _ => 20 };
        var verb = new Command("history") { to, key, limit, json };
        verb.SetAction((parsed, cancellation) => HistoryCommand.ShowAsync(
            new(parsed.GetValue(to)!, parsed.GetValue(key), parsed.GetValue(json)), parsed.GetValue(limit),
            console, cancellation));
        return verb;
    }

    public static Command CreateDiff(IConsoleOutput console)
    {
        var (to, key, json) = (SiloOptions.To(), SiloOptions.Key(), SharedOptions.Json());
        var from = new Option<string?>("--from");
        var until = new Option<string?>("--until");
        var verb = new Command("diff") { to, key, from, until, json };
        verb.SetAction((parsed, cancellation) => HistoryCommand.DiffAsync(
            new(parsed.GetValue(to)!, parsed.GetValue(key), parsed.GetValue(json)), parsed.GetValue(from),
            parsed.GetValue(until), console, cancellation));
        return verb;
    }

    public static Command CreateRollback(IConsoleOutput console)
    {
        var (to, key, json) = (SiloOptions.To(), SiloOptions.Key(), SharedOptions.Json());
        var version = new Option<string?>("--version");
        var note = SiloOptions.Note();
        var verb = new Command("rollback") { to, key, version, note, json };
        verb.SetAction((parsed, cancellation) => HistoryCommand.RollbackAsync(
            new(parsed.GetValue(to)!, parsed.GetValue(key), parsed.GetValue(json)), parsed.GetValue(version),
            parsed.GetValue(note), console, cancellation));
        return verb;
    }
}

/// <summary>Options of the verbs that call a running silo, each made anew for its verb.</summary>
internal static class SiloOptions
{
    public static Option<string> To() => new("--to") { DefaultValueFactory = _ => "http://127.0.0.1:5100" };

    public static Option<string?> Key() => new("--key");

    public static Option<string?> Note() => new("--note");
}
