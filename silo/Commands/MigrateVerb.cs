using System.CommandLine;
using MallVip.Silo.Hosting.Journals;
using MallVip.Silo.Migrate;

namespace MallVip.Silo.Commands;

internal static class MigrateVerb
{
    public static Command Create(IConsoleOutput console)
    {
        var verb = new Command("migrate");
        verb.SetAction((_, cancellation) =>
            MigrateCommand.RunAsync(JournalSettings.Load(), console, cancellation));
        return verb;
    }
}
