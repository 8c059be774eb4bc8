using MallVip.Rules.Cel;

namespace MallVip.Rules.Tests.Cel;

public class AllocationTests
{
    [Theory]
    [InlineData("event.store.category == 'beauty' && event.paid >= 500 && member.tier == 'gold'")]
    [InlineData("event.store.category in ['shoes', 'beauty'] || event.paid > 0.5")]
    [InlineData("event.lines.exists(l, l.category == 'clothing' && l.paid > 10)")]
    [InlineData("has(event.till) && event.till == 't-7' && member.age > 18")]
    [InlineData("member.spent('365d') >= 10000 && !(event.paid < 1)")]
    [InlineData("event.paid / 10 > 5 && event.paid * 1.5 > 100 && event.store.id.startsWith('b')")]
    [InlineData("event.paid / 7 > 5")]
    [InlineData("event.paid / 13 > 5 && event.paid / 7.31 > 5")]
    [InlineData("'vip' in member.tags || member.tags.exists(t, t == 'vip')")]
    public void A_typical_condition_allocates_nothing(string source)
    {
        var expression = PurchaseSample.Compile(source, CelType.Bool);
        for (var i = 0; i < 1_000; i++)
            Assert.True(expression.Matches(PurchaseSample.Beauty));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            expression.Matches(PurchaseSample.Beauty);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
