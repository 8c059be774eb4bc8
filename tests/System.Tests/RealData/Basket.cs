using System.Globalization;
using MallVip.System.Tests.Import;

namespace MallVip.System.Tests.RealData;

/// <summary>One basket of the supermarket, read straight from the CSV files.</summary>
/// <param name="At">What the clock in the store showed.</param>
internal sealed record Basket(
    string Id,
    string Household,
    DateTime At,
    decimal Paid,
    decimal Produce,
    decimal DrugGoods,
    decimal National)
{
    /// <summary>All baskets, in the order of their times and, within one second, of the file.</summary>
    public static IReadOnlyList<Basket> ReadAll()
    {
        var products = Rows("completejourney/products_in_sample.csv")
            .ToDictionary(row => row[0], row => (Department: row[2], Brand: row[3]));
        return Rows("completejourney/transactions_sample.csv").GroupBy(row => row[4]).Select(rows =>
        {
            var lines = rows
                .Select(row => (Product: products.GetValueOrDefault(row[5]), Paid: Money(row[7]))).ToArray();
            var first = rows.First();
            return new Basket(
                rows.Key,
                first[2],
                DateTime.Parse(first[0], CultureInfo.InvariantCulture),
                lines.Sum(line => line.Paid),
                lines.Where(line => line.Product.Department == "PRODUCE").Sum(line => line.Paid),
                lines.Where(line => line.Product.Department == "DRUG GM").Sum(line => line.Paid),
                lines.Where(line => line.Product.Brand == "National").Sum(line => line.Paid));
        }).OrderBy(basket => basket.At).ToArray();
    }

    private static IEnumerable<string[]> Rows(string csv) =>
        File.ReadLines(DataFactAttribute.Path(csv)).Skip(1).Select(line => line.Split(','));

    private static decimal Money(string text) =>
        decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
