using MallVip.Grains.Journal;
using MallVip.Grains.Parking;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Commands;
using MallVip.Rules.Quantities;
using static MallVip.System.Tests.Engine.ParkingBed;

namespace MallVip.System.Tests.Engine;

/// <summary>A payment whose silo ends before or after each of its entries: begun, used, counted.</summary>
public sealed class ParkingCrashTests
{
    private const string Car = "粤B12345";

    [Theory]
    [InlineData(0, false, false)]
    [InlineData(0, true, true)]
    [InlineData(1, false, true)]
    [InlineData(1, true, true)]
    [InlineData(2, false, true)]
    [InlineData(2, true, true)]
    public async Task A_crash_while_paying_ends_with_a_whole_payment_or_none(
        int step, bool isWritten, bool isPaid)
    {
        var (journal, time, owner) = await DieAsync(step, isWritten);

        await using var after = await StartAsync(journal, time, background: true);
        if (isPaid)
            await EndsAsync(after);
        var visit = (await QuoteAsync(after, Car)).Visit!;
        Assert.Equal(isPaid ? 1 : 0, visit.Payments.Length);
        Assert.Equal(isPaid ? 149 : 199, await after.BalanceAsync(owner));
        var repeat = await PayAsync(after, Car, 10, "one", points: 50);

        Assert.True(repeat.Refusal is null, repeat.Refusal?.Detail);
        Assert.Single((await QuoteAsync(after, Car)).Visit!.Payments);
        Assert.Equal(149, await after.BalanceAsync(owner));
        Assert.Equal(60, Assert.Single((await after.ReadAsync(owner)).ParkingUses).Minutes);
        await after.AssertCleanAsync();
    }

    [Theory]
    [InlineData(0, false, false)]
    [InlineData(0, true, true)]
    [InlineData(1, false, true)]
    [InlineData(1, true, true)]
    [InlineData(2, false, true)]
    [InlineData(2, true, true)]
    public async Task A_crash_while_paying_with_a_coupon_uses_it_once_or_not_at_all(
        int step, bool isWritten, bool isPaid)
    {
        var (journal, time, owner) = await DieAsync(step, isWritten, coupon: "1");

        await using var after = await StartAsync(journal, time, background: true);
        if (isPaid)
            await EndsAsync(after);
        var visit = (await QuoteAsync(after, Car)).Visit!;
        var left = (await after.ReadAsync(owner)).Coupons!.Find(1)!.Value.Left;
        Assert.Equal(isPaid ? (1, 0) : (0, 1), (visit.Payments.Length, left));
        var repeat = await PayAsync(after, Car, 10, "one", coupon: "1");

        Assert.True(repeat.Refusal is null, repeat.Refusal?.Detail);
        var coupon = (await after.ReadAsync(owner)).Coupons!.Find(1)!.Value;
        Assert.Equal("p1", Assert.Single(coupon.Marks!.Uses).Store);
        Assert.Equal(
            "spend 60, coupon 60",
            string.Join(", ", Assert.Single((await QuoteAsync(after, Car)).Visit!.Payments).Uses
                .Select(use => $"{use.Source} {use.Minutes}")));
        await after.AssertCleanAsync();
    }

    [Theory]
    [MemberData(nameof(Death.Steps), 2, MemberType = typeof(Death))]
    public async Task A_gate_that_had_no_answer_sends_again_and_the_car_is_in_once(int step, bool isWritten)
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        var mortal = new MortalJournal(journal);
        await using (var host = await StartAsync(mortal, time))
        {
            await OwnerAsync(host, 1, Car);
            mortal.DieAt(step, isWritten);
            await EnterAsync(host, Car, id: "e");
        }

        await using var after = await StartAsync(journal, time);
        Assert.Null((await EnterAsync(after, Car, id: "e")).Refusal);
        Assert.Equal(1, (await ReadAsync(after)).Open);
        await LeaveAsync(after, Car, time.GetUtcNow().AddMinutes(1));
        Assert.Equal(0, (await ReadAsync(after)).Open);
        await after.AssertCleanAsync();
    }

    /// <summary>A payment that the member refuses frees the visit, whatever ends in between.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public async Task A_crash_while_a_payment_is_refused_ends_with_a_visit_that_can_be_paid(
        int step, bool isWritten)
    {
        var (journal, time, owner) = await DieAsync(step - 1, isWritten, blocks: true);

        await using var after = await StartAsync(journal, time, background: true);
        await EndsAsync(after);
        Assert.Empty((await QuoteAsync(after, Car)).Visit!.Payments);
        Assert.Equal(199, await after.BalanceAsync(owner));
        var again = await PayAsync(after, Car, 30, "two", money: "wx-one");
        var allowed = again.Refusal is null;

        Assert.True(allowed, again.Refusal?.Detail);
        await after.AssertCleanAsync();
    }

    private static Task EndsAsync(EngineHost host) => Waiting.ForAsync(async () =>
    {
        host.Time.Advance(TimeSpan.FromMilliseconds(300));
        return (await QuoteAsync(host, Car)).Visit!.Pending is null;
    });

    /// <param name="blocks">The member is frozen between the quote and its use.</param>
    private static async Task<(MemoryJournal Journal, ManualTime Time, MemberId Owner)> DieAsync(
        int step, bool isWritten, bool blocks = false, string? coupon = null)
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        var mortal = new MortalJournal(journal);
        await using var host = await StartAsync(mortal, time);
        var owner = await OwnerAsync(host, 1, Car);
        await host.BuyAsync("a", 1, 199);
        if (coupon is not null)
            await GrantAsync(host, owner, "hour");
        await EnterAsync(host, Car);
        time.Advance(TimeSpan.FromMinutes(150));
        if (blocks)
            return (journal, time, await BlockAsync(host, mortal, owner, step, isWritten));
        mortal.DieAt(step, isWritten);
        await Record.ExceptionAsync(() => PayAsync(
            host, Car, 10, "one", points: coupon is null ? 50 : 0, coupon: coupon));
        return (journal, time, owner);
    }

    private static async Task<MemberId> BlockAsync(
        EngineHost host, MortalJournal mortal, MemberId owner, int step, bool isWritten)
    {
        var quote = await QuoteAsync(host, Car, points: 50);
        await host.CommandAsync(
            owner, new MemberCommand.SetStatus(MallVip.Rules.Members.MemberStatus.Frozen, "Lost."), "frozen");
        var park = host.Engine.Grains.GetGrain<ICarParkGrain>(CarParkGrain.KeyOf("p1"));
        var payment = new MallVip.Rules.Parking.VisitPayment(
            EventKey.Of("test", "", "one").ToString(), quote.At, quote.Plan!.Uses, quote.Plan.Due)
        {
            Member = owner,
            Points = new(quote.Plan.Points),
            Outside = "wx-one",
        };
        mortal.DieAt(step, isWritten);
        await Record.ExceptionAsync(() => park.Pay(new(
            "p1", 1, quote.Visit!.Version, payment, EventKey.Of("test", "", "one"), 1, "test")));
        return owner;
    }
}
