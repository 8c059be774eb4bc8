using System.Globalization;

namespace MallVip.Silo.Simulate;

/// <summary>What a store sells: some products with prices that fit its category.</summary>
internal sealed class Shelf
{
    private const int Products = 40;

    // Dearer categories first match; a category of another name has the last range.
    private static readonly (string Word, long FromCents, long ToCents)[] Prices =
    [
        ("jewel", 80_000, 900_000), ("gold", 60_000, 900_000), ("luxury", 90_000, 1_500_000),
        ("digital", 9_900, 800_000), ("beauty", 4_900, 160_000), ("fashion", 9_900, 260_000),
        ("sport", 7_900, 180_000), ("home", 2_900, 240_000), ("kid", 3_900, 90_000),
        ("cinema", 2_900, 12_000), ("dining", 1_800, 40_000), ("super", 290, 9_900),
        ("", 990, 60_000),
    ];

    private readonly SimulatedProduct[] _products;

    public Shelf(SimulatedStore store, Random random)
    {
        Store = store;
        var (_, from, to) = Prices
            .First(price => store.Category.Contains(price.Word, StringComparison.OrdinalIgnoreCase));
        var brands = Enumerable.Range(1, 4).Select(number => Invariant($"{store.Code}-brand-{number}"))
            .ToArray();
        _products = Enumerable.Range(1, Products).Select(number => new SimulatedProduct(
            Invariant($"{store.Code}-{number:D3}"), store.Category, brands[number % brands.Length],
            Price(from, to, random))).ToArray();
    }

    public SimulatedStore Store { get; }

    /// <summary>Lines of one receipt: mostly one or two, seldom six.</summary>
    public PurchaseLine[] Take(Random random)
    {
        var count = 1 + (int)(5.99 * Math.Pow(random.NextDouble(), 3));
        var lines = new PurchaseLine[count];
        for (var i = 0; i < count; i++)
        {
            var product = _products[random.Next(_products.Length)];
            var qty = random.Next(8) == 0 ? random.Next(2, 5) : 1;
            lines[i] = new PurchaseLine(product, qty, qty * product.PriceCents);
        }
        return lines;
    }

    // Even on a logarithmic scale, and ending on 90 like prices do.
    private static long Price(long from, long to, Random random)
    {
        var cents = from * Math.Pow((double)to / from, random.NextDouble());
        return (long)cents / 100 * 100 + 90;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
