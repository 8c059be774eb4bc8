namespace MallVip.Silo.Import;

/// <summary>Exit codes of <c>mallvip import</c>.</summary>
public static class ImportExit
{
    /// <summary>Every row was accepted, known already, or listed in the reject file.</summary>
    public const int Done = 0;

    /// <summary>
    /// Stopped before the end (cancelled, or the sink failed); a rerun with the same --state goes on.
    /// </summary>
    public const int Interrupted = 1;

    /// <summary>The CSV, the map, or another named file cannot be used; nothing was sent.</summary>
    public const int Unusable = 2;

    /// <summary>Done, but rows were rejected and <see cref="ImportOptions.Strict"/> was asked for.</summary>
    public const int Rejected = 3;
}
