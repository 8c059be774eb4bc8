using System.CommandLine;
using MallVip.Silo.Verify;

namespace MallVip.Silo.Commands;

internal static class VerifyVerb
{
    public static Command Create(IConsoleOutput console)
    {
        var data = SharedOptions.Data();
        var anchor = new Option<string?>("--anchor") { Description = "Compare with roots exported earlier." };
        var export = new Option<string?>(
            "--export-anchor")
        { Description = "Write the roots of the journal to a file." };
        var verb = new Command(
            "verify", "Read the whole journal and re-add everything. Exit code 0 only if all holds.")
        {
            data, anchor, export,
        };
        verb.SetAction((parsed, cancellation) => VerifyCommand.RunAsync(
            new(parsed.GetValue(data)!, parsed.GetValue(anchor), parsed.GetValue(export)), console,
            cancellation));
        return verb;
    }
}
