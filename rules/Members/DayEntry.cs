namespace MallVip.Rules.Members;

/// <summary>One mall on one day, as <see cref="DayLog"/> keeps it: that it stands there is a visit.</summary>
/// <param name="Day">A <see cref="DateOnly.DayNumber"/>, mall-local.</param>
/// <param name="Mall">Position in the log's list of malls.</param>
/// <param name="Purchases">Purchases of the day; a return does not lessen them.</param>
/// <param name="Spend">What was paid less what came back, exact.</param>
internal readonly record struct DayEntry(int Day, int Mall, int Purchases, decimal Spend)
    : IComparable<DayEntry>
{
    public int CompareTo(DayEntry other) =>
        Day != other.Day ? Day.CompareTo(other.Day) : Mall.CompareTo(other.Mall);

    public static bool operator <(DayEntry left, DayEntry right) => left.CompareTo(right) < 0;

    public static bool operator >(DayEntry left, DayEntry right) => left.CompareTo(right) > 0;

    public static bool operator <=(DayEntry left, DayEntry right) => left.CompareTo(right) <= 0;

    public static bool operator >=(DayEntry left, DayEntry right) => left.CompareTo(right) >= 0;
}
