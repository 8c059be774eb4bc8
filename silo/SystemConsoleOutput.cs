namespace MallVip.Silo;

// The one place that may touch the process's console: everything else writes through IConsoleOutput.
#pragma warning disable RS0030
/// <summary>The console of this process.</summary>
public sealed class SystemConsoleOutput : IConsoleOutput
{
    /// <inheritdoc/>
    public TextReader In => Console.In;

    /// <inheritdoc/>
    public TextWriter Out => Console.Out;

    /// <inheritdoc/>
    public TextWriter Error => Console.Error;

    /// <inheritdoc/>
    public bool IsTerminal => !Console.IsErrorRedirected;
}
#pragma warning restore RS0030
