using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MallVip.Grains.Journal;
using MallVip.Rules.Budgets;

namespace MallVip.Grains.Budgets;

/// <summary>How a budget is called: as a grain, and in the journal.</summary>
public static class BudgetName
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>The grain's key: the day, a blank, the rule.</summary>
    public static string ToGrain(BudgetKey budget) =>
        budget.First.ToString(DayFormat, CultureInfo.InvariantCulture) + " " + budget.Rule;

    /// <summary>Reads what <see cref="ToGrain"/> writes.</summary>
    /// <exception cref="FormatException">The text is no such key.</exception>
    public static BudgetKey Parse(string grain) => new(
        grain[(DayFormat.Length + 1)..],
        DateOnly.ParseExact(grain.AsSpan(0, DayFormat.Length), DayFormat, CultureInfo.InvariantCulture));

    /// <summary>Its key in the journal: the first 128 bits of the grain key's SHA-256.</summary>
    public static GrainKey ToJournal(BudgetKey budget) => new(
        GrainKind.Budget,
        BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(ToGrain(budget)))));
}
