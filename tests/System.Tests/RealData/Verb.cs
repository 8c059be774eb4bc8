using MallVip.Silo.Commands;
using MallVip.System.Tests.Import;

namespace MallVip.System.Tests.RealData;

/// <summary>Runs the command line as a script does, in this process.</summary>
internal static class Verb
{
    public static string Library(string programme) => LibraryMaps.Path($"rules/library/{programme}");

    /// <summary>Runs a verb, which must end with that exit code.</summary>
    public static async Task<ScriptConsole> RunAsync(int exit, string input, params string[] args)
    {
        var console = new ScriptConsole(input);
        var answered = await CommandLine.Create(console).Parse(args).InvokeAsync();
        Assert.True(exit == answered, $"{answered}: {console.Error}");
        return console;
    }
}
