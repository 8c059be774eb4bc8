using MallVip.Rules.Coupons;
using MallVip.Rules.Deciding;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.Rules.Tests.Programmes;

namespace MallVip.Rules.Tests.Coupons;

/// <summary>The best combination of coupons, against all that there are.</summary>
public class CouponQuoteTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(8));

    [Fact]
    public void The_best_combination_comes_with_reasons_for_the_rest()
    {
        var shopper = Vouchers.Shopper().Gets("beauty-50").Gets("tenth").Gets("twice").Gets("double")
            .Gets("triple").Gets("solo").Gets("golden").Gets("park");

        var quote = CouponQuote.Of(shopper.State, shopper.Programme, Basket(shopper.Programme, 400), Now);

        Assert.Equal(
            "solo", string.Join(' ', quote.Used.Select(offer => offer.Coupon.Template)));
        Assert.Equal(100, quote.Off.Amount);
        Assert.Equal(
            [
                (1, RejectionKind.CouponExcluded), (2, RejectionKind.CouponExcluded),
                (3, RejectionKind.CouponExcluded), (4, RejectionKind.CouponExcluded),
                (5, RejectionKind.CouponExcluded), (7, RejectionKind.CouponOutOfScope),
                (8, RejectionKind.CouponNotYetValid),
            ],
            quote.Others.Select(other => (other.Coupon.Number, other.Why.Kind)));
    }

    [Fact]
    public void Groups_add_up_where_together_they_are_worth_more()
    {
        var shopper = Vouchers.Shopper().Gets("beauty-50").Gets("tenth").Gets("twice").Gets("twice");

        var quote = CouponQuote.Of(shopper.State, shopper.Programme, Basket(shopper.Programme, 250), Now);

        Assert.Equal([1, 2, 3], quote.Used.Select(offer => offer.Coupon.Number));
        Assert.Equal(80, quote.Off.Amount);
    }

    [Fact]
    public void It_finds_what_trying_all_of_them_finds()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            var (programme, state) = Draw(random);
            var basket = Basket(programme, random.Next(1, 200));

            var quote = CouponQuote.Of(state, programme, basket, Now);

            Assert.True(
                Worth(quote.Used, basket.Paid) == Best(state, programme, basket),
                $"Seed {seed}: {Worth(quote.Used, basket.Paid)}, {Best(state, programme, basket)}");
            Assert.Equal(Worth(quote.Used, basket.Paid).Off, quote.Off.Amount);
        }
    }

    private static (Programme Programme, MemberState State) Draw(Random random)
    {
        var text = "coupons:\n";
        var count = random.Next(1, 9);
        for (var i = 0; i < count; i++)
        {
            var kind = random.Next(4) switch
            {
                0 => $"off: {random.Next(1, 60)}",
                1 => $"percent: {random.Next(1, 101)}, cap: {random.Next(1, 60)}",
                2 => $"percent: {random.Next(1, 60)}",
                _ => "gift: Bag",
            };
            var stack = random.Next(8) == 0 ? "alone: true" : $"stack: g{random.Next(4)}";
            text += $"  c{i}: {{ {kind}, {stack}, from: {random.Next(100)}, valid: {{ days: 9 }} }}\n";
        }

        var shopper = new Ledger.Shopper(Small.Programme("ruleset: none", Small.Declarations.Replace(
            "coupons: { ten-off: 10 off }", text, StringComparison.Ordinal)));
        for (var i = 0; i < count; i++)
            shopper.Gets($"c{i}");
        return (shopper.Programme, shopper.State);
    }

    /// <summary>The same without a thought: each set of coupons that may stand on one receipt.</summary>
    private static (decimal Off, int Things, int Spared) Best(
        MemberState state, Programme programme, CouponBasket basket)
    {
        var usable = state.Coupons!.Coupons
            .Where(coupon => basket.Paid >= programme.Coupons[coupon.Template].From)
            .Select(coupon => programme.Coupons[coupon.Template])
            .Select(template => new CouponOffer(
                state.Coupons.Coupons.First(coupon => coupon.Template == template.Id), template,
                template.Value.OffOf(basket.Paid))).ToArray();
        var best = (0m, 0, int.MinValue);
        for (var set = 0; set < 1 << usable.Length; set++)
        {
            var used = usable.Where((_, i) => (set & (1 << i)) != 0).ToArray();
            var stands = used.Length < 2 || (!used.Any(offer => offer.Template.Alone)
                && used.Select(offer => offer.Template.Stack).Distinct().Count() == used.Length);
            if (stands && Worth(used, basket.Paid).CompareTo(best) > 0)
                best = Worth(used, basket.Paid);
        }

        return best;
    }

    private static (decimal Off, int Things, int Spared) Worth(IEnumerable<CouponOffer> used, Money paid) => (
        Math.Min(used.Sum(offer => offer.Off.Amount), paid.Amount),
        used.Count(offer => offer.Template.Value is CouponValue.Gift or CouponValue.Multiplier),
        -used.Count());

    private static CouponBasket Basket(Programme programme, decimal paid) => new(
        programme.Stores["beauty-hall"], new(2026, 11, 21, 12, 0, 0), new(paid), [], IsPaid: false);
}
