using MallVip.Rules.Quantities;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads how slips may be handed in at the desk.</summary>
internal static class DeskReceiptReader
{
    /// <summary>Null: not at all.</summary>
    public static DeskReceipts? Read(YamlMap? map)
    {
        if (map is null)
            return null;
        var usual = new DeskReceipts();
        return new()
        {
            PerDay = Number(map, "per-day") ?? usual.PerDay,
            AmountPerDay = Amount(map, "amount-per-day") ?? usual.AmountPerDay,
            OldestDays = Number(map, "oldest-days") ?? usual.OldestDays,
            WaitDays = Number(map, "wait-days") ?? usual.WaitDays,
            ApproveAbove = Amount(map, "approve-above"),
        };
    }

    private static int? Number(YamlMap map, string key) => Forms.ReadInteger(map.Text(key));

    private static Money? Amount(YamlMap map, string key) =>
        Forms.ReadDecimal(map.Text(key)) is { } amount ? new Money(amount) : null;
}
