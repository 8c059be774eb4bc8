using System.CommandLine;
using MallVip.Silo.Hosting;

namespace MallVip.Silo.Commands;

internal static class CheckVerb
{
    public static Command Create(IConsoleOutput console)
    {
        var rules = SharedOptions.Rules();
        var json = SharedOptions.Json();
        var verb = new Command("check") { rules, json };
        verb.SetAction((parsed, _) => Task.FromResult(
            ProgrammeFolder.Check(parsed.GetValue(rules)!, parsed.GetValue(json), console)));
        return verb;
    }
}
