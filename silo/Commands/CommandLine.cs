using System.CommandLine;

namespace MallVip.Silo.Commands;

/// <summary>The command line: one verb per file.</summary>
public static class CommandLine
{
    /// <summary>Builds the parser. Without a verb it serves.</summary>
    public static RootCommand Create(IConsoleOutput console)
    {
        var serve = ServeVerb.Create(console);
        var root = new RootCommand("MallVip: a real-time loyalty engine for shopping malls.")
        {
            serve,
            DemoVerb.Create(console),
            SimulateVerb.Create(console),
            ImportVerb.Create(console),
            ReplayVerb.Create(console),
            CheckVerb.Create(console),
            EvalVerb.Create(console),
            VerifyVerb.Create(console),
            KeyVerb.Create(console),
        };
        ServeVerb.AddTo(root, console);
        return root;
    }
}
