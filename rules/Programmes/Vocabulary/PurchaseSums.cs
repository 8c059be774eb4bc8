using MallVip.Rules.Events;

namespace MallVip.Rules.Programmes.Vocabulary;

/// <summary>Sums over a receipt, exact to the last digit.</summary>
internal static class PurchaseSums
{
    /// <summary>What was paid for lines of a category.</summary>
    public static decimal OfCategory(PurchaseData purchase, string category)
    {
        var sum = 0m;
        foreach (var line in purchase.Lines)
            if (string.Equals(line.Category, category, StringComparison.Ordinal))
                sum += line.Paid.Amount;
        return sum;
    }

    /// <summary>What was paid for lines of a brand.</summary>
    public static decimal OfBrand(PurchaseData purchase, string brand)
    {
        var sum = 0m;
        foreach (var line in purchase.Lines)
            if (string.Equals(line.Brand, brand, StringComparison.Ordinal))
                sum += line.Paid.Amount;
        return sum;
    }

    /// <summary>What was paid by one kind of tender.</summary>
    public static decimal OfTender(PurchaseData purchase, string kind)
    {
        var sum = 0m;
        foreach (var tender in purchase.Tenders)
            if (string.Equals(tender.Kind, kind, StringComparison.Ordinal))
                sum += tender.Paid.Amount;
        return sum;
    }
}
