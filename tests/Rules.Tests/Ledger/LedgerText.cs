using MallVip.Rules.Facts;

namespace MallVip.Rules.Tests.Ledger;

/// <summary>Ledgers as a shopkeeper would write them down.</summary>
internal static class LedgerText
{
    /// <summary>The earned lines of the last entry and their sum.</summary>
    public static string Earned(Shopper shopper)
    {
        var lines = shopper.Last.OfType<Fact.Earned>().ToList();
        return string.Join('\n', lines.Select(line => $"{line.Why?.Rule} {line.Amount}")
            .Append($"= {lines.Sum(line => line.Amount.Value)}"));
    }
}
