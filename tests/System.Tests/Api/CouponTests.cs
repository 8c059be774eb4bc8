using System.Text.Json;
using MallVip.Client;
using MallVip.Client.Wire;

namespace MallVip.System.Tests.Api;

/// <summary>Coupons over HTTP: given at the desk, used at tills by their codes.</summary>
public class CouponTests
{
    private const string Phone = "phone:+8613800138000";
    private const string Other = "phone:+8613900139000";

    private const string Templates = """
        coupons:
          ten: { name: Ten off, off: 10, from: 50, valid: { days: 30 } }
          half: { percent: 50, cap: 20, valid: { days: 30 } }
          twice: { off: 5, uses: 2, valid: { days: 30 } }
        """;

    [Fact]
    public async Task A_coupon_is_shown_found_by_its_code_reserved_redeemed_and_returned()
    {
        await using var host = await EngineHost.StartAsync(also: Templates);
        var client = await MemberAsync(host);
        var granted = await client.GrantCouponAsync(Phone, new("ten", "sorry"), "g1");
        var coupon = Assert.Single((await client.GetCouponsAsync(Phone, "available")).Coupons);

        Assert.Equal(("granted", "ten"), (granted.Coupons!.Value[0].What, granted.Coupons.Value[0].Template));
        Assert.Equal((16, "Ten off", "off"), (coupon.Code.Length, coupon.Name, coupon.Kind));
        var typed = coupon.Code.ToLowerInvariant().Insert(8, "-");
        Assert.Equal(coupon, (await client.GetCouponAsync(typed)).Coupon);

        await client.ReserveCouponAsync(typed, new("shirts", "R1"), "r1");
        Assert.Equal("coupon_reserved", await Problems.CodeOf(
            client.RedeemCouponAsync(typed, new("shirts", "R2", new(60)), "r2")));
        var redeemed = await client.RedeemCouponAsync(typed, new("shirts", "R1", new(60)), "r3");
        var again = await client.RedeemCouponAsync(typed, new("shirts", "R1", new(60)), "r3");
        Assert.Equal(10, redeemed.Coupons!.Value[0].Off!.Value.Amount);
        Assert.Equal(redeemed.Coupons, again.Coupons!.Value);
        Assert.Equal("used", (await client.GetCouponAsync(typed)).Coupon.Status);

        await client.ReturnCouponAsync(typed, new("shirts", "R1"), "r4");
        Assert.Equal("available", (await client.GetCouponAsync(typed)).Coupon.Status);
        await client.VoidCouponAsync(typed, new("printed twice"), "r5");
        var report = await host.Http.GetStringAsync("/v1/reports/coupons?format=csv");
        Assert.Contains(",bay,shirts,ten,0,1,1,0,0,10,10,10,0,0\n", report, StringComparison.Ordinal);
        Assert.Contains(",,,ten,1,0,0,0,1,0,0,0,0,0\n", report, StringComparison.Ordinal);
        Assert.Equal("coupon_expired", await Problems.CodeOf(client.ReleaseCouponAsync(typed, "r6")));
    }

    [Fact]
    public async Task A_coupon_presented_at_two_tills_in_the_same_millisecond_is_redeemed_by_exactly_one()
    {
        await using var host = await EngineHost.StartAsync(also: Templates);
        var client = await MemberAsync(host);
        await client.GrantCouponAsync(Phone, new("ten"), "g1");
        var code = (await client.GetCouponsAsync(Phone)).Coupons[0].Code;

        var tills = Enumerable.Range(0, 40).Select(till => Problems.CodeOf(
            client.RedeemCouponAsync(code, new("shirts", $"R{till}", new(60)), $"t{till}")));
        var answers = await Task.WhenAll(tills);

        Assert.Single(answers, answer => answer is null);
        Assert.Equal(39, answers.Count(answer => answer == "coupon_used"));
    }

    [Theory]
    [InlineData("nonsense", "unknown_coupon")]
    [InlineData("0000000000000000", "unknown_coupon")]
    public async Task A_code_that_is_nobodys_is_a_problem(string code, string problem)
    {
        await using var host = await EngineHost.StartAsync(also: Templates);
        var client = await MemberAsync(host);

        Assert.Equal(problem, await Problems.CodeOf(
            client.RedeemCouponAsync(code, new("shirts", "R1", new(60)), "k1")));
    }

    [Fact]
    public async Task A_purchase_redeems_by_code_what_is_the_members_and_warns_of_what_is_not()
    {
        await using var host = await EngineHost.StartAsync(also: Templates);
        var client = await MemberAsync(host);
        await client.RegisterAsync(new([Other]), "m2");
        await client.GrantCouponAsync(Phone, new("ten"), "g1");
        await client.GrantCouponAsync(Other, new("ten"), "g2");
        var own = (await client.GetCouponsAsync(Phone)).Coupons[0].Code;
        var others = (await client.GetCouponsAsync(Other)).Coupons[0].Code;

        var answer = await client.SendEventAsync(new()
        {
            Source = "till",
            Id = "e1",
            Type = "mall.purchase",
            Subject = Phone,
            Time = TimeProvider.System.GetUtcNow(),
            Data = JsonSerializer.SerializeToElement(new
            {
                receipt = "R1",
                store = "shirts",
                paid = "60",
                coupons = new[] { own, others, "ERP-77" },
            }),
        });

        Assert.Equal(
            ["redeemed"], answer.Coupons!.Value.Select(change => change.What));
        Assert.Equal(["coupon_failed"], answer.Warnings!.Value.Select(warning => warning.Code));
        Assert.Equal("available", (await client.GetCouponAsync(others)).Coupon.Status);
    }

    [Fact]
    public async Task A_code_leads_to_who_goes_on_after_a_merge()
    {
        await using var host = await EngineHost.StartAsync(also: Templates);
        var client = await MemberAsync(host);
        await client.RegisterAsync(new([Other]), "m2");
        await client.GrantCouponAsync(Phone, new("ten"), "g1");
        await client.GrantCouponAsync(Other, new("half"), "g2");
        var code = (await client.GetCouponsAsync(Other)).Coupons[0].Code;

        await client.MergeAsync(Other, new(Phone, "one person"), "m");
        var found = await client.GetCouponAsync(code);
        await client.RedeemCouponAsync(code, new("shirts", "R1", new(60)), "r1");

        Assert.Equal((2, "half", code), (found.Coupon.Number, found.Coupon.Template, found.Coupon.Code));
        Assert.Equal("used", (await client.GetCouponAsync(code)).Coupon.Status);
    }

    [Fact]
    public async Task A_quote_names_the_best_and_why_the_others_are_not()
    {
        await using var host = await EngineHost.StartAsync(also: Templates);
        var client = await MemberAsync(host);
        foreach (var template in (string[])["ten", "half", "twice"])
            await client.GrantCouponAsync(Phone, new(template), template);

        var quote = await client.QuoteCouponsAsync(Phone, new("shirts", new(40)));

        Assert.Equal(25, quote.Off.Amount);
        Assert.Equal(["half", "twice"], quote.Used.Select(offer => offer.Coupon.Template));
        Assert.Equal(
            [("ten", "coupon_below_threshold")],
            quote.Others.Select(other => (other.Coupon.Template, other.Reason)));
    }

    [Fact]
    public async Task A_member_s_answer_names_the_coupons_that_may_still_be_used_those_that_end_first()
    {
        await using var host = await EngineHost.StartAsync(also: Templates);
        var client = await MemberAsync(host);
        for (var i = 0; i < 21; i++)
            await client.GrantCouponAsync(Phone, new("half"), $"h{i}");
        await client.GrantCouponAsync(Phone, new("twice"), "t");
        var coupons = (await client.GetCouponsAsync(Phone)).Coupons;
        await client.RedeemCouponAsync(coupons[0].Code, new("shirts", "R1", new(60)), "r1");
        await client.RedeemCouponAsync(coupons[21].Code, new("shirts", "R2", new(60)), "r2");
        await client.ReserveCouponAsync(coupons[1].Code, new("shirts", "R3"), "r3");

        var member = (await client.GetMemberAsync(Phone))!;

        Assert.Equal((21, 20), (member.OpenCoupons, member.Coupons.Length));
        Assert.Equal(
            new MemberCouponBody(2, "half", "half", "reserved", coupons[1].Until, 1), member.Coupons[0]);
        Assert.Equal((3, "available"), (member.Coupons[1].Number, member.Coupons[1].Status));
        await client.VoidCouponAsync(coupons[1].Code, new("printed twice"), "v");
        var last = (await client.GetMemberAsync(Phone))!.Coupons[^1];
        Assert.Equal((22, "twice", 1), (last.Number, last.Template, last.Left));
    }

    private static async Task<MallVipClient> MemberAsync(EngineHost host)
    {
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new([Phone]), "m1");
        return client;
    }
}
