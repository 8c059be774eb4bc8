using MallVip.Silo;

namespace MallVip.System.Tests.RealData;

/// <summary>A console as a script has it: text goes in, lines come out.</summary>
internal sealed class ScriptConsole(string input = "") : IConsoleOutput
{
    public TextReader In { get; } = new StringReader(input);

    public TextWriter Out { get; } = new StringWriter();

    public TextWriter Error { get; } = new StringWriter();

    public bool IsTerminal => false;

    public string[] OutLines => Lines(Out);

    public string[] ErrorLines => Lines(Error);

    private static string[] Lines(TextWriter writer) => writer.ToString()!.Split(
        '\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
