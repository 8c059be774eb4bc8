using MallVip.Rules.Audit;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.Rules.Tests.Ledger;

namespace MallVip.Rules.Tests.Audit;

/// <summary>The auditor finds each kind of damage, at the entry where it was done.</summary>
public class LedgerAuditTests
{
    [Fact]
    public void An_honest_ledger_has_no_problems() => Assert.Empty(Audit(body => body));

    [Fact]
    public void Points_that_came_from_nowhere_are_found() =>
        Assert.Contains("2 after", Audit(Change<Fact.Earned>(
        fact => fact with { Amount = fact.Amount + new Points(1) })));

    [Fact]
    public void A_spend_that_leaves_its_lots_alone_is_found() =>
        Assert.Contains("3 parts", Audit(Change<Fact.SpentPoints>(
        fact => fact with { Parts = [] })));

    [Fact]
    public void A_spend_from_a_lot_that_is_not_there_is_found() =>
        Assert.Contains("3 lot", Audit(Change<Fact.SpentPoints>(
        fact => fact with { Parts = [new(99, fact.Amount)] })));

    [Fact]
    public void A_lot_that_gives_more_than_it_holds_is_found() =>
        Assert.Contains("3 lot", Audit(Change<Fact.SpentPoints>(
        fact => fact with { Amount = new(300), Parts = [new(1, new(300))] })));

    [Fact]
    public void A_return_that_takes_more_than_was_earned_is_found() => Assert.Contains("4 return", Audit(
        Change<Fact.Reversed>(fact => fact with { Shortfall = new(1_000) })));

    [Fact]
    public void A_return_that_calls_spent_points_lapsed_is_found() => Assert.Contains("4 return", Audit(
        Change<Fact.Reversed>(fact =>
            fact with { Shortfall = new(0), Lapsed = fact.Shortfall + new Points(1) })));

    [Fact]
    public void An_expiry_that_was_dropped_is_found() => Assert.Contains("5 after", Audit(
        body => body with { Facts = body.Facts.RemoveAll(fact => fact is Fact.Expired) }));

    [Fact]
    public void A_tier_that_was_forged_is_found() => Assert.Contains("2 tier", Audit(
        body => body.After.Wallets.IsEmpty ? body : body with { After = body.After with { Tier = "gold" } }));

    [Fact]
    public void A_wallet_that_was_forged_is_found() => Assert.Contains("2 after", Audit(body => body with
    {
        After = body.After with
        {
            Wallets = [
            .. body.After.Wallets.Select(wallet => wallet with { Pending = new(7) })]
        },
    }));

    [Fact]
    public void An_entry_that_comes_twice_is_found()
    {
        var auditor = new LedgerAudit();
        foreach (var seq in (long[])[1, 1])
            auditor.Add(seq, Bodies()[0]);

        Assert.Contains(auditor.Problems, problem => problem is { Seq: 1, Code: "gap" });
    }

    private static Func<EntryBody, EntryBody> Change<T>(Func<T, T> change)
        where T : Fact => body => body with
        {
            Facts = [.. body.Facts.Select(fact => fact is T one ? change(one) : fact)],
        };

    private static List<string> Audit(Func<EntryBody, EntryBody> damage)
    {
        var auditor = new LedgerAudit();
        foreach (var (body, i) in Bodies().Select((body, i) => (body, i)))
            auditor.Add(i + 1, damage(body));
        return [.. auditor.Problems.Select(problem => $"{problem.Seq} {problem.Code}").Distinct()];
    }

    /// <summary>Enrolment, a purchase, a spend, a return and an expiry.</summary>
    private static List<EntryBody> Bodies()
    {
        var programme = Examples.PointPerYuan(wallet =>
            wallet with { Expiry = new ExpiryPolicy.AfterDays(10) })
            .Tier("basic", null).Build();
        var shopper = new Shopper(programme).Buys("beauty-hall", 200, "R").Spends(150)
            .Returns("beauty-hall", "R", 20).Wait("2026-12-31T12:00").Fires();
        Assert.Equal(5, shopper.Journal.Count);
        var (state, bodies) = (MemberState.Empty, new List<EntryBody>());
        foreach (var entry in shopper.Journal)
        {
            state = MemberFold.Apply(state, entry.Facts, entry.Seq);
            bodies.Add(EntryBody.Of(entry.Command!, entry.Facts, state));
        }

        return bodies;
    }
}
