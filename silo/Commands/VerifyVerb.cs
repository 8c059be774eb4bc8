using System.CommandLine;
using MallVip.Silo.Verify;

namespace MallVip.Silo.Commands;

internal static class VerifyVerb
{
    public static Command Create(IConsoleOutput console)
    {
        var data = SharedOptions.Data();
        var anchor = new Option<string?>("--anchor");
        var export = new Option<string?>("--export-anchor");
        var verb = new Command("verify") { data, anchor, export };
        verb.SetAction((parsed, cancellation) => VerifyCommand.RunAsync(
            new(SharedOptions.Journal(parsed, data), parsed.GetValue(anchor), parsed.GetValue(export)),
            console, cancellation));
        return verb;
    }
}
