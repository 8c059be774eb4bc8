using System.CommandLine;
using MallVip.Silo.Check;

namespace MallVip.Silo.Commands;

internal static class CheckVerb
{
    public static Command Create(IConsoleOutput console)
    {
        var rules = SharedOptions.Rules();
        var json = SharedOptions.Json();
        var graph = new Option<bool>("--graph");
        var overview = new Option<bool>("--overview");
        var verb = new Command("check") { rules, json, graph, overview };
        verb.SetAction((parsed, _) => Task.FromResult(CheckCommand.Run(
            new(parsed.GetValue(rules)!, parsed.GetValue(json), parsed.GetValue(graph),
                parsed.GetValue(overview)),
            console)));
        return verb;
    }
}
