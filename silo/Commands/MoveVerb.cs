using System.CommandLine;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Move;

namespace MallVip.Silo.Commands;

internal static class MoveVerb
{
    public static Command Create(IConsoleOutput console)
    {
        var data = SharedOptions.Data();
        var verb = new Command("move") { data };
        verb.SetAction((parsed, cancellation) => MoveCommand.RunAsync(
            new(parsed.GetValue(data)!, JournalSettings.Load()), console, TimeProvider.System, cancellation));
        return verb;
    }
}
