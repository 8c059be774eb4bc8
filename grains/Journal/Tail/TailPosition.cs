using System.Globalization;

namespace MallVip.Grains.Journal;

/// <summary>
/// How far a reader of the whole journal has come. On one machine the position alone says it; on PostgreSQL,
/// where positions are not in commit order, readers go by (epoch, transaction, position).
/// </summary>
public readonly record struct TailPosition(long Epoch, long Transaction, long Pos) : IComparable<TailPosition>
{
    /// <summary>Before the first entry.</summary>
    public static readonly TailPosition Start;

    /// <summary>The position on a store whose positions are in commit order.</summary>
    public static TailPosition At(long pos) => new(0, 0, pos);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">The text is no position.</exception>
    public static TailPosition Parse(string text)
    {
        var parts = text.Split('/');
        if (parts.Length != 3)
            throw new FormatException($"'{text}' is no journal position.");
        return new TailPosition(
            long.Parse(parts[0], CultureInfo.InvariantCulture),
            long.Parse(parts[1], CultureInfo.InvariantCulture),
            long.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Epoch}/{Transaction}/{Pos}");

    public int CompareTo(TailPosition other) =>
        (Epoch, Transaction, Pos).CompareTo((other.Epoch, other.Transaction, other.Pos));

    public static bool operator <(TailPosition left, TailPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(TailPosition left, TailPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(TailPosition left, TailPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TailPosition left, TailPosition right) => left.CompareTo(right) >= 0;
}
