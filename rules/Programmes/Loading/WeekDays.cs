namespace MallVip.Rules.Programmes.Loading;

/// <summary>The words for days of the week.</summary>
internal static class WeekDays
{
    private static readonly string[] Sorted = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    public static IReadOnlyList<string> Words { get; } = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>Null: no such word.</summary>
    public static DayOfWeek? Read(string word)
    {
        var index = Array.IndexOf(Sorted, word);
        return index < 0 ? null : (DayOfWeek)index;
    }
}
