namespace MallVip.Grains.Slips;

/// <summary>What tells a slip's purchase from a till's: the source of its event.</summary>
public static class SlipSource
{
    private const string Mark = "desk/";

    /// <param name="operatorName">Who handed it in.</param>
    public static string Of(string operatorName) => Mark + operatorName;

    /// <summary>Whether an event comes from a slip.</summary>
    public static bool Is(string source) => source.StartsWith(Mark, StringComparison.Ordinal);
}
