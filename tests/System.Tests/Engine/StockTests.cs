using MallVip.Grains.Admission;
using MallVip.Grains.Stock;
using MallVip.Rules.Commands;
using MallVip.Rules.Quantities;

namespace MallVip.System.Tests.Engine;

/// <summary>Coupons of which there are few, claimed by many.</summary>
public sealed class StockTests
{
    [Fact]
    public async Task Of_10_000_claims_on_100_pieces_the_first_100_are_served_and_all_are_answered()
    {
        const int Claims = 10_000, Pieces = 100;
        await using var host = await StockBed.StartAsync("stock: 100, claim: { waiting: 20 }");
        var members = await host.RegisterAllAsync(Claims);

        // The grain is awake: from here on calls reach it in the order in which they are made.
        await host.StockAsync();
        var claims = members.Select((member, at) => host.ClaimAsync(member, $"c{at}")).ToArray();
        var most = 0L;
        while (!claims.All(claim => claim.IsCompleted))
        {
            // As many calls as a grain lets wait are on their way: one more may have to come again.
            try
            {
                var reading = await host.StockAsync();
                most = Math.Max(most, reading.Taken + reading.Reserved);
            }
            catch (GrainOverloadedException)
            {
                await Task.Yield();
            }
        }

        var answers = await Task.WhenAll(claims);
        Assert.InRange(most, 0, Pieces);
        Assert.All(answers[..Pieces], answer => Assert.Equal(StockStatus.Taken, answer.Answer.Status));
        Assert.Equal(
            Enumerable.Range(1, 20).Select(place => (long)place),
            answers[Pieces..(Pieces + 20)].Select(answer => answer.Answer.Place));
        Assert.All(answers[(Pieces + 20)..], answer => Assert.Equal("sold_out", answer.Refusal?.Code));
        Assert.Equal((Pieces, 0, 20, 0), Of(await host.StockAsync()));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Pieces_that_members_refuse_go_to_those_who_came_right_after()
    {
        await using var host = await StockBed.StartAsync("stock: 10, per-member: { times: 1 }, claim: {}");
        var members = await host.RegisterAllAsync(20);
        await host.StockAsync();

        // The first claims ten times at once, and gets one.
        var greedy = Enumerable.Range(0, 10).Select(i => host.ClaimAsync(members[0], $"g{i}")).ToArray();
        var others = members[1..].Select((member, at) => host.ClaimAsync(member, $"c{at}")).ToArray();
        var refused = (await Task.WhenAll(greedy)).Count(answer => answer.Refusal?.Code == "coupon_limited");
        var answers = await Task.WhenAll(others);

        Assert.Equal(9, refused);
        Assert.All(answers[..9], answer => Assert.Null(answer.Refusal));
        Assert.All(answers[9..], answer => Assert.Equal("sold_out", answer.Refusal?.Code));
        Assert.Equal((10, 0, 0, 0), Of(await host.StockAsync()));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_claim_asked_for_ten_times_is_one_piece_and_stays_it_over_a_restart()
    {
        var (journal, time) = (new Grains.Journal.MemoryJournal(), new Grains.Tests.Runtime.ManualTime());
        MemberId member;
        await using (var host = await StockBed.StartAsync(journal, time, "stock: 5, claim: {}"))
        {
            member = await host.RegisterAsync(1);
            var answers = await Task.WhenAll(
                Enumerable.Range(0, 10).Select(_ => host.ClaimAsync(member, "one")));
            Assert.All(answers, answer => Assert.Equal(StockStatus.Taken, answer.Answer.Status));
        }

        await using var next = await StockBed.StartAsync(journal, time, "stock: 5, claim: {}");
        Assert.Equal(StockStatus.Taken, (await next.ClaimAsync(member, "one")).Answer.Status);
        Assert.Single(await next.CouponsAsync(member));
        Assert.Equal((1, 0, 0, 4), Of(await next.StockAsync()));
        await next.AssertCleanAsync();
    }

    [Fact]
    public async Task A_coupon_taken_away_goes_to_the_first_who_waits()
    {
        await using var host = await StockBed.StartAsync("stock: 1, claim: { waiting: 2 }", background: true);
        var members = await host.RegisterAllAsync(4);
        foreach (var (member, at) in members.Select((member, at) => (member, at)))
            await host.ClaimAsync(member, $"c{at}");

        await host.CommandAsync(members[0], new MemberCommand.VoidCoupon(1, "wrong"));
        await host.UntilAsync(members[1], state => state.Coupons is not null);
        await host.UntilAsync(members[0], state => state.Returning.IsEmpty);

        Assert.Equal((1, 0, 1, 0), Of(await host.StockAsync()));
        Assert.Equal(1, (await host.ClaimAsync(members[2], "c2")).Answer.Place);
        Assert.Empty(await host.CouponsAsync(members[3]));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task What_is_held_and_not_confirmed_lapses_and_is_held_for_the_next()
    {
        await using var host = await StockBed.StartAsync(
            "stock: 1, claim: { hold: 10, waiting: 1 }", background: true);
        var members = await host.RegisterAllAsync(2);
        var held = await host.ClaimAsync(members[0], "a", hold: true);
        var waits = await host.ClaimAsync(members[1], "b", hold: true);
        Assert.Equal((StockStatus.Held, StockStatus.Waiting), (held.Answer.Status, waits.Answer.Status));

        host.Time.Advance(TimeSpan.FromMinutes(10));
        await Waiting.ForAsync(async () => (await host.StockAsync()).Waiting == 0);
        var late = await host.Desk().ConfirmAsync("flash", held.Piece);
        var confirmed = await host.Desk().ConfirmAsync("flash", waits.Piece);

        Assert.Equal("claim_lapsed", late.Refusal?.Code);
        Assert.Equal(StockStatus.Taken, confirmed.Answer.Status);
        Assert.Empty(await host.CouponsAsync(members[0]));
        Assert.Single(await host.CouponsAsync(members[1]));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_day_gives_out_what_it_may_and_the_next_day_as_much_again()
    {
        await using var host = await StockBed.StartAsync(
            "stock: 3, stock-per-day: 2, claim: { waiting: 1 }", background: true);
        var members = await host.RegisterAllAsync(5);
        var answers = new List<ClaimResult>();
        foreach (var member in members[..4])
            answers.Add(await host.ClaimAsync(member, $"{member}"));
        Assert.Equal(
            [StockStatus.Taken, StockStatus.Taken, StockStatus.Waiting, StockStatus.SoldOutToday],
            answers.Select(answer => answer.Answer.Status));

        host.Time.Advance(TimeSpan.FromDays(1));
        await host.UntilAsync(members[2], state => state.Coupons is not null);
        await host.ClaimAsync(members[3], "again");

        Assert.Equal(1, (await host.StockAsync()).Waiting);
        await host.AssertCleanAsync();
    }

    private static (long, long, long, long) Of(StockReading reading) =>
        (reading.Taken, reading.Reserved, reading.Waiting, reading.Left);
}
