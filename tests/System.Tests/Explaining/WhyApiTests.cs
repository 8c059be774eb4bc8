using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using MallVip.Client;
using MallVip.Client.Wire;
using MallVip.System.Tests.Api;

namespace MallVip.System.Tests.Explaining;

/// <summary><c>GET …/why</c> and <c>POST /v1/quotes</c> over the real engine.</summary>
public class WhyApiTests
{
    private const string Phone = "phone:+8613800138000";

    [Fact]
    public async Task A_line_of_the_ledger_says_where_it_comes_from()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await WithPurchase(host, "1234.50");
        var line = (await client.GetLedgerAsync(Phone)).Lines.Single();

        var why = await client.WhyAsync(Phone, line.Seq, line.Line);

        var one = Assert.Single(why.Lines);
        Assert.Equal(("earned", 123L, "floor(1234.5 / 10)"), (one.Kind, one.Points, one.Rule!.Formula));
        Assert.Equal(new RuleBody("points/base", "points.yaml", 3), one.Rule.Rule);
        Assert.Equal("1234.5", one.Rule.Reads!["event.paid"]);
        Assert.Equal(line.RulesVersion, why.RulesVersion);
        Assert.True(why.Same);
        Assert.StartsWith("123 points on ", why.Text.En, StringComparison.Ordinal);
        Assert.Contains("获得 123 积分：base 123 = floor(1234.5 / 10)（points.yaml:3）", why.Text.Zh,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tier_change_is_asked_about_by_its_entry_and_says_its_condition()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await WithPurchase(host, "1234.50");

        var why = await client.WhyAsync(Phone, (await client.GetLedgerAsync(Phone)).Lines[0].Seq);

        var tier = Assert.Single(why.Lines, line => line.Kind == "tier").Tier!;
        Assert.Equal(("member", "gold"), (tier.From, tier.To));
        Assert.Equal(("gold", true), (tier.Asked[0].Tier, tier.Asked[0].Holds));
        Assert.Equal("member.spent(\"365d\") >= 1000", tier.Asked[0].Condition!.Text);
    }

    [Fact]
    public async Task Plain_text_comes_in_the_language_that_is_asked_for()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await WithPurchase(host, "100");
        var seq = (await client.GetLedgerAsync(Phone)).Lines[0].Seq;

        var english = await client.WhyTextAsync(Phone, seq, null, "en");
        var chinese = await client.WhyTextAsync(Phone, seq, null, "zh-CN");

        Assert.Contains("base 10 = floor(100 / 10) (points.yaml:3)", english, StringComparison.Ordinal);
        Assert.Contains("event.paid / 10 = 10", english, StringComparison.Ordinal);
        Assert.Contains("读取与计算的内容", chinese, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("99/why", "entry_not_found")]
    [InlineData("0/why", "entry_not_found")]
    [InlineData("-1/why", "entry_not_found")]
    [InlineData("x/why", "entry_not_found")]
    [InlineData("99999999999999999999/why", "entry_not_found")]
    [InlineData("2/why?line=9", "line_not_found")]
    [InlineData("2/why?line=x", "invalid_request")]
    public async Task What_is_not_there_is_said_in_a_problem(string path, string code)
    {
        await using var host = await EngineHost.StartAsync();
        await WithPurchase(host, "100");

        using var response = await host.Http.GetAsync(
            $"/v1/members/{Uri.EscapeDataString(Phone)}/ledger/{path}");
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_quote_says_what_the_purchase_then_gives_and_records_nothing()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await WithPurchase(host, "900");

        var quote = await client.QuoteAsync(new(Basket("200"), Member: Phone));
        var before = await client.GetMemberAsync(Phone);
        var answer = await client.SendEventAsync(Purchase("e2", "200"));

        Assert.Equal([("points", 20L)], quote.Points.Select(line => (line.Wallet, line.Points)));
        Assert.Equal(("member", "gold"), (quote.Tier.Before, quote.Tier.After));
        Assert.Equal(90, before!.Wallets.Single().Balance);
        Assert.Equal(answer.Balances!["points"], quote.Balances["points"]);
        Assert.Equal(answer.Tier, quote.Tier);
    }

    [Fact]
    public async Task Somebody_who_has_just_enrolled_can_be_quoted_for_at_any_time()
    {
        await using var host = await EngineHost.StartAsync();
        var client = new MallVipClient(host.Http);
        var now = DateTimeOffset.Parse("2031-05-01T12:00:00+08:00", CultureInfo.InvariantCulture);

        var quote = await client.QuoteAsync(new(Basket("5")), now);

        Assert.Equal(now, quote.Now);
        Assert.Empty(quote.Points);
        var rule = Assert.Single(quote.NotActing);
        Assert.Equal(("points/base", "amount-zero"), (rule.Rule.Id, rule.Outcome));
        Assert.Equal("its amount is 0 = floor(5 / 10)", rule.Text!.En);
        Assert.Equal("member.spent(\"365d\") >= 1000", quote.Ladder!.Value[0].Condition!.Text);
    }

    [Fact]
    public async Task A_quote_of_the_past_takes_the_member_as_of_then()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await WithPurchase(host, "900");
        var then = (await client.GetLedgerAsync(Phone)).Lines[0].At.AddTicks(-1);

        var quote = await client.QuoteAsync(new(Basket("200"), Member: Phone), then);
        var early = await Assert.ThrowsAsync<MallVipProblemException>(
            () => client.QuoteAsync(new(Basket("200"), Member: Phone), then.AddDays(-1)));

        Assert.Equal(20, quote.Balances["points"]);
        Assert.Equal("member_not_found", early.Problem.Code);
    }

    [Fact]
    public async Task A_refund_is_quoted_against_its_purchase()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await WithPurchase(host, "900");
        var data = JsonDocument.Parse(
            """{"refund":"B1","store":"shirts","receipt":"Re1","paid":"450"}""").RootElement;

        var quote = await client.QuoteAsync(new(data, "mall.refund", Phone));

        Assert.Equal(45, quote.Balances["points"]);
    }

    [Theory]
    [InlineData("""{"data":{"store":"shirts","paid":"-5"}}""", "input_out_of_range")]
    [InlineData("""{"data":{"store":"shirts"}}""", "input_field_missing")]
    [InlineData("""{"data":[1]}""", "invalid_event")]
    [InlineData("""{"data":{"store":"shirts","paid":"5"},"typ":"x"}""", "invalid_request")]
    [InlineData("""{"data":{},"type":"no.such"}""", "input_type_unknown")]
    [InlineData("""{"data":{"store":"shirts","paid":"5"},"member":"card:none"}""", "member_not_found")]
    public async Task A_wrong_quote_is_a_problem(string body, string code)
    {
        await using var host = await EngineHost.StartAsync();
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));

        using var response = await host.Http.PostAsync("/v1/quotes", content);
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(code, problem.RootElement.GetProperty("code").GetString());
    }

    private static async Task<MallVipClient> WithPurchase(EngineHost host, string paid)
    {
        var client = new MallVipClient(host.Http);
        await client.RegisterAsync(new([Phone]), "k1");
        Assert.Equal("accepted", (await client.SendEventAsync(Purchase("e1", paid))).Status);
        return client;
    }

    private static CloudEventBody Purchase(string id, string paid) => new()
    {
        Source = "till",
        Id = id,
        Type = "mall.purchase",
        Subject = Phone,
        Time = TimeProvider.System.GetUtcNow(),
        Data = JsonDocument.Parse(
            $$"""{"receipt":"R{{id}}","store":"shirts","paid":"{{paid}}"}""").RootElement,
    };

    private static JsonElement Basket(string paid) =>
        JsonDocument.Parse($$"""{"store":"shirts","paid":"{{paid}}"}""").RootElement;
}
