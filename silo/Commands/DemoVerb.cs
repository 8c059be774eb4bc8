using System.CommandLine;
using MallVip.Silo.Demo;

namespace MallVip.Silo.Commands;

internal static class DemoVerb
{
    public static Command Create(IConsoleOutput console)
    {
        var rules = SharedOptions.Rules();
        var seed = SharedOptions.Seed();
        var seconds = new Option<int>("--seconds")
        {
            Description = "How long purchases stream in. Default: 10.",
            DefaultValueFactory = _ => 10,
        };
        var members = new Option<int>("--members")
        {
            Description = "How many members the mall has. Default: 2000.",
            DefaultValueFactory = _ => 2_000,
        };
        var verb = new Command("demo", "A simulated mall at work, with live figures and an audit at the end.")
        {
            rules, seed, seconds, members,
        };
        verb.SetAction((parsed, cancellation) => DemoCommand.RunAsync(
            new(parsed.GetValue(rules)!, parsed.GetValue(seed), parsed.GetValue(seconds),
                parsed.GetValue(members)),
            console,
            cancellation));
        return verb;
    }
}
