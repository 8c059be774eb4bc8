using System.CommandLine;
using MallVip.Silo.Demo;

namespace MallVip.Silo.Commands;

internal static class DemoVerb
{
    public static Command Create(IConsoleOutput console)
    {
        var rules = SharedOptions.Rules();
        var seed = SharedOptions.Seed();
        var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 10 };
        var members = new Option<int>("--members") { DefaultValueFactory = _ => 2_000 };
        var verb = new Command("demo") { rules, seed, seconds, members };
        verb.SetAction((parsed, cancellation) => DemoCommand.RunAsync(
            new(parsed.GetValue(rules)!, parsed.GetValue(seed), parsed.GetValue(seconds),
                parsed.GetValue(members)),
            console,
            cancellation));
        return verb;
    }
}
