namespace MallVip.Rules.Cel;

/// <summary>How an expression is compiled.</summary>
public sealed record CelOptions
{
    public static CelOptions Default { get; } = new();

    /// <summary>Leaves unknown names and unfit types to fail at run time. Default false.</summary>
    public bool DisableCheck { get; init; }

    /// <summary>Treats has, all, exists, ... as plain functions. Default false.</summary>
    public bool DisableMacros { get; init; }

    /// <summary>
    /// Steps of one evaluation: an element visited by a macro is one, text made or searched is one per 16
    /// characters, a pattern built at run time is 500. Default 100,000, which is a few milliseconds.
    /// </summary>
    public long Budget { get; init; } = 100_000;
}
