using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Tests.Ledger;

public class FoldTests
{
    private static readonly DateOnly Day = new(2026, 11, 21);

    [Fact]
    public void Facts_that_are_applied_together_lead_to_what_they_lead_to_one_by_one()
    {
        var random = new Random(20261121);
        var runs = 0;
        for (var round = 0; round < 2_000; round++)
        {
            var facts = Enumerable.Range(0, random.Next(1, 12)).Select(_ => Any(random)).ToArray();
            var oneByOne = facts.Aggregate(
                MemberState.Empty, (state, fact) => MemberFold.Apply(state, fact, 7));

            var together = MemberFold.Apply(MemberState.Empty, [.. facts], 7);

            Assert.Equal(MemberSnapshot.Write(oneByOne), MemberSnapshot.Write(together));
            runs += LedgerFold.RunOf(facts) > 1 ? 1 : 0;
        }

        Assert.InRange(runs, 100, 1_900);
    }

    /// <summary>Of few wallets, lots, days and dates, so that neighbours often belong together.</summary>
    private static Fact Any(Random random)
    {
        if (random.Next(6) == 0)
            return new Fact.LimitUsed("wallet:points", Day, Day.AddDays(1), 1, new(random.Next(1, 9)));
        var (lot, amount) = (random.Next(1, 4), random.Next(1, 500));
        var settled = new Points(random.Next(5) == 0 ? random.Next(amount + 1) : 0);
        return new Fact.Earned(
            lot == 3 ? "growth" : "points", lot, new(amount), settled, null, Shopper.At("2027-12-01T00:00"),
            null)
        {
            Day = lot == 3 ? Day.AddDays(random.Next(2)) : null,
            Unconfirmed = random.Next(8) == 0,
        };
    }
}
