using System.Collections.Immutable;
using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Tests.Ledger;
using Xunit.Abstractions;

namespace MallVip.Rules.Tests.Tiers;

/// <summary>
/// Talon.One's 4 ways in which a tier ends, 2 of falling and 3 of what a return may take, in one scenario
/// that tells all 24 apart. The expected rows were added up apart from this code.
/// </summary>
public class TierTableTests(ITestOutputHelper output)
{
    /// <summary>
    /// Platinum was reached on 2026-03-01 by a member who joined on 2026-01-10 and whose date is 2019-05-20.
    /// Columns: what ends, the way of falling, what a return may take; the end of platinum, the tier after it
    /// and the balance then; tier, balance, points reversed, short and expired at the end of the story.
    /// </summary>
    private const string Expected = """
        tier start | one-down | only-pending   | 2027-03-02 | gold   |  320 | gold   |    0 |  230 | 770 | 550
        tier start | one-down | within-balance | 2027-03-02 | gold   |  320 | gold   |   60 |  470 | 530 | 250
        tier start | one-down | negative       | 2027-03-02 | gold   |  170 | gold   | -140 | 1000 |   0 |   0
        tier start | balance  | only-pending   | 2027-03-02 | silver |  320 | silver |    0 |  230 | 770 | 550
        tier start | balance  | within-balance | 2027-03-02 | silver |  320 | silver |   60 |  470 | 530 | 250
        tier start | balance  | negative       | 2027-03-02 | bronze |  170 | bronze | -140 | 1000 |   0 |   0
        joining    | one-down | only-pending   | 2027-01-11 | gold   |  320 | gold   |    0 |  230 | 770 | 550
        joining    | one-down | within-balance | 2027-01-11 | gold   |  320 | gold   |   60 |  470 | 530 | 250
        joining    | one-down | negative       | 2027-01-11 | gold   |  170 | gold   | -140 | 1000 |   0 |   0
        joining    | balance  | only-pending   | 2027-01-11 | silver |  320 | silver |    0 |  230 | 770 | 550
        joining    | balance  | within-balance | 2027-01-11 | silver |  320 | silver |   60 |  470 | 530 | 250
        joining    | balance  | negative       | 2027-01-11 | bronze |  170 | bronze | -140 | 1000 |   0 |   0
        attribute  | one-down | only-pending   | 2026-05-21 | gold   |  550 | gold   |    0 |  230 | 770 | 550
        attribute  | one-down | within-balance | 2026-05-21 | gold   |  250 | gold   |   60 |  470 | 530 | 250
        attribute  | one-down | negative       | 2026-05-21 | gold   | -150 | gold   | -140 | 1000 |   0 |   0
        attribute  | balance  | only-pending   | 2026-05-21 | silver |  550 | silver |    0 |  230 | 770 | 550
        attribute  | balance  | within-balance | 2026-05-21 | bronze |  250 | bronze |   60 |  470 | 530 | 250
        attribute  | balance  | negative       | 2026-05-21 | bronze | -150 | bronze | -140 | 1000 |   0 |   0
        cycle      | one-down | only-pending   | 2027-01-01 | gold   |  320 | gold   |    0 |  230 | 770 | 550
        cycle      | one-down | within-balance | 2027-01-01 | gold   |  320 | gold   |   60 |  470 | 530 | 250
        cycle      | one-down | negative       | 2027-01-01 | gold   |  170 | gold   | -140 | 1000 |   0 |   0
        cycle      | balance  | only-pending   | 2027-01-01 | silver |  320 | silver |    0 |  230 | 770 | 550
        cycle      | balance  | within-balance | 2027-01-01 | silver |  320 | silver |   60 |  470 | 530 | 250
        cycle      | balance  | negative       | 2027-01-01 | bronze |  170 | bronze | -140 | 1000 |   0 |   0
        """;

    private static readonly (string Name, string Policy)[] Ends =
    [
        ("tier start", "valid-months: 12"),
        ("joining", "valid-months: 12, valid-from: enrolment"),
        ("attribute", "valid-months: 12, valid-from: vip_since"),
        ("cycle", "valid-to: 12-31"),
    ];

    private static readonly (string Name, string Way)[] Falls =
        [("one-down", "one-down"), ("balance", "requalify")];

    [Fact]
    public void All_24_outcomes_are_as_added_up_and_told_apart()
    {
        var rows = new List<string>();
        foreach (var (name, policy) in Ends)
            foreach (var (fall, way) in Falls)
                foreach (var returns in (string[])["only-pending", "within-balance", "negative"])
                    rows.Add($"{name,-10} | {fall,-8} | {returns,-14} | "
                        + Played($"{policy}, downgrade: {way}", returns));

        foreach (var row in rows)
            output.WriteLine(row);
        Assert.Equal(Expected.ReplaceLineEndings("\n"), string.Join('\n', rows));
        Assert.Equal(24, rows.Select(row => row[30..]).Distinct().Count());
    }

    private static string Played(string policy, string returns)
    {
        var shopper = Joined(policy, returns)
            .Wait("2026-02-01T12:00").Buys("beauty-hall", 800, "A")
            .Wait("2026-02-15T12:00").Buys("beauty-hall", 700, "B")
            .Wait("2026-03-01T12:00").Buys("beauty-hall", 100, "C")
            .Wait("2026-03-05T12:00").Spends(1100)
            .Wait("2026-03-08T12:00").Returns("beauty-hall", "A", 800)
            .Wait("2026-04-10T12:00").Buys("beauty-hall", 150, "D");
        var end = shopper.State.Tier!.Until!.Value;
        var told = end < Shopper.At("2026-11-01") ? Ended(shopper, end) : null;
        shopper.Wait("2026-11-01T12:00").Buys("beauty-hall", 320, "E");
        told ??= Ended(shopper, end);
        shopper.Wait("2027-03-15T12:00").Buys("beauty-hall", 60, "G", pointsUsed: 250)
            .Wait("2027-03-20T12:00").Returns("beauty-hall", "E", 200)
            .Wait("2027-04-01T12:00").Fires();
        var wallet = shopper.State.FindWallet("points")!;
        var shortfall = shopper.Journal.SelectMany(entry => entry.Facts).OfType<Fact.Reversed>()
            .Sum(back => back.Shortfall.Value);
        return $"{told} | {shopper.State.Tier!.Tier,-6} | {wallet.Balance.Value,4} | "
            + $"{wallet.Reversed.Value,4} | {shortfall,3} | {wallet.Expired.Value,3}";
    }

    private static string Ended(Shopper shopper, DateTimeOffset end)
    {
        shopper.Wait(LedgerText.Local(end)).Fires();
        var balance = shopper.State.FindWallet("points")!.Balance.Value;
        return $"{LedgerText.Local(end)[..10]} | {shopper.State.Tier!.Tier,-6} | {balance,4}";
    }

    private static Shopper Joined(string policy, string returns)
    {
        var programme = Ladders.Of(
            $$"""
              bronze: {}
              silver: { when: 'member.balance("points") >= 300' }
              gold: { when: 'member.balance("points") >= 600' }
              platinum: { when: 'member.balance("points") >= 1000', {{policy}} }
            """,
            "ruleset: base\nrules:\n  base: { on: mall.purchase, earn: { amount: event.paid } }",
            $"{{ pending: 10, expiry: {{ months: 6 }}, returns: {returns} }}");
        var shopper = new Shopper(programme, "2026-01-10T09:00", enrol: false);
        shopper.Do(new MemberCommand.Enrol(
            Shopper.Id, shopper.Now, null, [], ImmutableSortedDictionary<string, FieldValue>.Empty
                .Add("vip_since", new FieldValue.Date(new(2019, 5, 20)))));
        return shopper;
    }
}
