using System.CommandLine;
using MallVip.Silo.Commands.Help;
using MallVip.Silo.Texts;

namespace MallVip.Silo.Commands;

/// <summary>The command line: one verb per file.</summary>
public static class CommandLine
{
    /// <summary>Builds the parser. Without a verb it serves.</summary>
    /// <param name="console">Where verbs write.</param>
    /// <param name="text">The language of the help; null: the environment's.</param>
    public static RootCommand Create(IConsoleOutput console, ConsoleText? text = null)
    {
        var serve = ServeVerb.Create(console);
        var root = new RootCommand
        {
            serve,
            DemoVerb.Create(console),
            SimulateVerb.Create(console),
            ImportVerb.Create(console),
            ReplayVerb.Create(console),
            CheckVerb.Create(console),
            PublishVerb.Create(console),
            HistoryVerbs.CreateRollback(console),
            HistoryVerbs.CreateHistory(console),
            HistoryVerbs.CreateDiff(console),
            BacktestVerb.Create(console),
            EvalVerb.Create(console),
            WhyVerb.Create(console),
            VerifyVerb.Create(console),
            ReportVerb.Create(console),
            BatchVerb.Create(console),
            MigrateVerb.Create(console),
            MoveVerb.Create(console),
            KeyVerb.Create(console),
        };
        ServeVerb.AddTo(root, console);
        HelpTexts.Describe(root, text ?? ConsoleText.Current);
        return root;
    }
}
