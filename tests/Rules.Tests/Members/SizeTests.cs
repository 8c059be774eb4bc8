using System.Text;
using MallVip.Rules.Commands;
using MallVip.Rules.Coupons;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Tests.Ledger;
using Xunit.Abstractions;

namespace MallVip.Rules.Tests.Members;

/// <summary>Whoever counts memory runs alone.</summary>
[CollectionDefinition(nameof(MemoryIsCounted), DisableParallelization = true)]
public class MemoryIsCounted;

/// <summary>Memory is counted, not timed, so that these hold on any machine.</summary>
[Collection(nameof(MemoryIsCounted))]
public class SizeTests(ITestOutputHelper output)
{
    [Fact]
    public void A_hundred_purchases_on_a_hundred_days_take_at_most_800_bytes()
    {
        var log = DayLog.Empty;
        for (var i = 0; i < 100; i++)
            log = log.AddPurchase(i % 3 == 0 ? "plaza" : "harbour", new DateOnly(2026, 1, 1).AddDays(i * 3),
                12.34m * (i + 1));

        output.WriteLine($"{log.Packed.Length} bytes");
        Assert.InRange(log.Packed.Length, 1, 500);
    }

    [Theory]
    [InlineData(0, 1_900)]
    [InlineData(3, 2_048)]
    public void A_resident_member_takes_about_2_KB(int coupons, int most)
    {
        var snapshot = MemberSnapshot.Write(Resident() with { Coupons = Book(coupons) });
        var members = new MemberState?[20_000];
        for (var i = 0; i < members.Length; i++)
            members[i] = MemberSnapshot.Read(MemberSnapshot.Schema, snapshot);
        var resident = members[0]!;
        var held = Held();
        Array.Clear(members);
        var bytes = (held - Held()) / (members.Length - 1);

        output.WriteLine($"{bytes} bytes, snapshot {snapshot.Length}");
        Assert.Equal((12, 5), (resident.Lots.Length, resident.Tags.Length));
        Assert.Equal(coupons, resident.Coupons?.Coupons.Length ?? 0);
        Assert.InRange(bytes, 500, most);
    }

    private static CouponBook? Book(int coupons)
    {
        var from = Shopper.At("2026-12-01T00:00");
        return coupons == 0 ? null : new()
        {
            Coupons =
            [
                .. Enumerable.Range(1, coupons).Select(
                    number => new Coupon(number, "welcome-back-20", from, from.AddDays(30), 1)),
            ],
            Next = coupons + 1,
        };
    }

    [Fact]
    public void A_typical_purchase_is_a_lean_entry()
    {
        var shopper = new Shopper(Typical().Build()).Buys("beauty-hall", 523.5m, "20261121-000417");
        var body = EntryBody.Of(shopper.Journal[^1].Command!, shopper.Last, shopper.State);

        var json = JournalJson.Write(body);
        output.WriteLine($"{json.Length} bytes: {Encoding.UTF8.GetString(json)}");
        Assert.InRange(json.Length, 100, 600);
    }

    [Fact]
    public void A_purchase_that_earns_in_one_wallet_takes_less()
    {
        var shopper = new Shopper(Examples.PointPerYuan().Build())
            .Buys("beauty-hall", 523.5m, "20261121-000417");
        var body = EntryBody.Of(shopper.Journal[^1].Command!, shopper.Last, shopper.State);

        output.WriteLine($"{JournalJson.Write(body).Length} bytes");
        Assert.InRange(JournalJson.Write(body).Length, 100, 450);
    }

    [Fact]
    public void A_decision_without_rules_leaves_little_garbage()
    {
        var programme = Examples.Plain().Build();
        var state = Resident();
        var bytes = Garbage(programme, state);

        output.WriteLine(
            $"{bytes} bytes without rules, {Garbage(Examples.GoldBeauty().Build(), state)} with three lines");
        Assert.InRange(bytes, 100, 2_400);
    }

    /// <summary>Bytes that are in use; <see cref="GC.GetTotalMemory"/> alone gives up within 5 % of them.
    /// </summary>
    private static long Held()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: false);
    }

    private static long Garbage(Programme programme, MemberState state)
    {
        const int Rounds = 200;
        var shopper = new Shopper(programme, "2026-12-31T12:00");
        var command = new MemberCommand.RecordEvent(
            shopper.Event(EventTypes.Purchase, shopper.Bought("beauty-hall", 600)));
        var context = new DecideContext { Programme = programme, Now = shopper.Now, Entry = 200 };
        for (var i = 0; i < 10; i++)
            Assert.IsType<Decision.Accepted>(MemberDecider.Decide(state, command, context));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
            _ = MemberDecider.Decide(state, command, context);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds;
    }

    /// <summary>100 purchases in a year, 12 lots, 5 tags, a tier.</summary>
    private static MemberState Resident()
    {
        var shopper = new Shopper(Typical().Build(), "2026-01-01T12:00");
        for (var i = 0; i < 100; i++)
        {
            shopper.Wait($"{new DateOnly(2026, 1, 2).AddDays(i * 36 / 10):yyyy-MM-dd}T15:00");
            shopper.Buys(i % 2 == 0 ? "beauty-hall" : "food-court", 20 + 3.7m * i, $"R{i}");
            if (shopper.State.Lots.Length > 12)
                shopper.Spends((int)shopper.State.Lots.First(lot => lot.Wallet == "points").Remaining.Value);
        }

        foreach (var tag in (string[])["beauty-lover", "family", "night-shopper", "staff", "vip"])
            shopper.Do(new MemberCommand.AddTag(tag, Shopper.At("2027-06-01T00:00"), null));
        return shopper.State;
    }

    private static FakeProgramme Typical() => Examples.Plain(wallet => wallet with
    {
        Expiry = new ExpiryPolicy.AfterMonths(12, true),
        Cap = new(LimitWindow.Day, 1_000),
    })
        .Wallet("growth", wallet => wallet with { Spendable = false })
        .Tier("basic", null)
        .Tier("gold", context => context.Member.Days.Spent(context.Day.AddDays(-364), context.Day) >= 5_000,
            12)
        .Earn("base", context => Examples.Paid(context) / 10)
        .Earn("growth", context => Examples.Paid(context), wallet: "growth");
}
