namespace MallVip.Silo;

/// <summary>
/// Where a command writes. Tests hand in string writers; <see cref="SystemConsoleOutput"/> is the real one.
/// </summary>
public interface IConsoleOutput
{
    /// <summary>What a script pipes in.</summary>
    TextReader In { get; }

    /// <summary>The command's result: what a script reads.</summary>
    TextWriter Out { get; }

    /// <summary>Progress, warnings and errors: what a person reads.</summary>
    TextWriter Error { get; }

    /// <summary>True when <see cref="Error"/> is a terminal, so that bars and colours make sense.</summary>
    bool IsTerminal { get; }
}
