using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using MallVip.Client;
using MallVip.Client.Keys;
using MallVip.Client.Problems;
using MallVip.Client.Wire;

namespace MallVip.System.Tests.Api;

/// <summary><c>/v1/receipts</c> over HTTP.</summary>
public sealed class SlipTests
{
    private const string Known = "The receipt is recorded already under another event.";

    [Fact]
    public async Task One_operator_hands_in_another_approves_and_why_tells_it_from_a_tills()
    {
        await using var desks = await Desks.OpenAsync("desk-receipts: { amount-per-day: 500 }");

        var waits = await desks.Ann.HandInReceiptAsync(Slip("R1", "86.50"), "a");
        var again = await desks.Ann.HandInReceiptAsync(Slip("R1", "86.50"), "a");
        var queue = await desks.Ben.GetReceiptsAsync("waiting", "shirts");
        var own = await RefusedAsync(() => desks.Ann.ApproveReceiptAsync(waits.Id));
        var beside = await RefusedAsync(() => desks.Ben.HandInReceiptAsync(Slip("R1", "86.50"), "b"));
        var much = await RefusedAsync(() => desks.Ann.HandInReceiptAsync(Slip("R2", "414"), "c"));
        var recorded = await desks.Ben.ApproveReceiptAsync(waits.Id);

        Assert.Equal(("waiting", "ann", "86.50"), (waits.Status, waits.By, waits.Paid.ToString()));
        Assert.Equal(waits, again);
        Assert.Equal(waits, Assert.Single(queue.Receipts));
        Assert.Equal(("second_operator", "receipt_waits", "desk_limit"), (own.Code, beside.Code, much.Code));
        Assert.Equal(
            ("recorded", "ben", "desk/ann"), (recorded.Status, recorded.ApprovedBy, recorded.Source));
        var line = Assert.Single((await desks.Ann.GetLedgerAsync("card:1")).Lines);
        var why = await desks.Ann.WhyAsync("card:1", recorded.Entry!.Value);
        Assert.Equal(("ann+ben", "desk/ann"), (line.Actor, Assert.Single(why.Events).Source));
        Assert.Equal(recorded, await desks.Ann.GetReceiptAsync(waits.Id));
    }

    [Fact]
    public async Task An_approval_that_a_till_was_faster_than_says_so_and_the_slip_shows_it()
    {
        await using var desks = await Desks.OpenAsync("desk-receipts: {}");
        var waits = await desks.Ann.HandInReceiptAsync(Slip("R1", "86"), "a");
        await desks.Ann.SendEventAsync(new()
        {
            Source = "till",
            Id = "1",
            Type = "mall.purchase",
            Subject = "card:1",
            Time = TimeProvider.System.GetUtcNow(),
            Data = JsonDocument.Parse("""{"store":"shirts","receipt":"R1","paid":"86"}""").RootElement,
        });

        var late = await RefusedAsync(() => desks.Ben.ApproveReceiptAsync(waits.Id));
        var ended = await desks.Ben.GetReceiptAsync(waits.Id);
        var known = await RefusedAsync(() => desks.Ann.HandInReceiptAsync(Slip("R1", "86"), "b"));

        Assert.Equal(("receipt_known", 409), (late.Code, late.Status));
        Assert.Equal(
            ("duplicate", "receipt_known", Known),
            (ended.Status, ended.Refused?.Code, ended.Refused?.Detail));
        Assert.Equal("receipt_known", known.Code);
    }

    [Theory]
    [InlineData("\"paid\":\"86\"", "\"paid\":\"-1\"", "paid")]
    [InlineData("\"paid\":\"86\"", "\"paid\":\"86\",\"lines\":[{}]", "lines[0].paid")]
    [InlineData("\"receipt\":\"R1\"", "\"receipt\":\" \"", "receipt")]
    [InlineData("+00:00", "", "time")]
    [InlineData("\"store\":\"shirts\"", "\"store\":\"socks\"", "store")]
    [InlineData("\"paid\":\"86\"", "\"paid\":\"86\",\"photo\":\"\\n\"", "photo")]
    public async Task What_is_wrong_with_a_slip_is_told_by_its_place(string right, string wrong, string place)
    {
        await using var desks = await Desks.OpenAsync("desk-receipts: {}");
        var time = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss");
        var json = $$"""
            {"member":"card:1","store":"shirts","receipt":"R1","time":"{{time}}+00:00","paid":"86"}
            """;
        Assert.Contains(right, json, StringComparison.Ordinal);

        var refused = await desks.PostAsync(json.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Equal(place, refused.Pointer);
        Assert.Empty((await desks.Ann.GetReceiptsAsync()).Receipts);
    }

    [Fact]
    public async Task A_declined_slip_says_why_and_what_is_not_there_is_not_found()
    {
        await using var desks = await Desks.OpenAsync("desk-receipts: {}");
        var waits = await desks.Ann.HandInReceiptAsync(Slip("R1", "86"), "a");

        var silent = await RefusedAsync(() => desks.Ben.DeclineReceiptAsync(waits.Id, " "));
        var declined = await desks.Ben.DeclineReceiptAsync(waits.Id, "cannot be read");
        var late = await RefusedAsync(() => desks.Ben.ApproveReceiptAsync(waits.Id));
        var strange = await RefusedAsync(() => desks.Ben.ApproveReceiptAsync($"{waits.Id}9"));
        var none = await RefusedAsync(() => desks.Ben.GetReceiptAsync("1"));
        var status = await RefusedAsync(() => desks.Ben.GetReceiptsAsync("lost"));
        var test = await RefusedAsync(() => desks.Test.HandInReceiptAsync(Slip("R2", "86"), "a"));

        Assert.Equal(("invalid_request", "reason"), (silent.Code, silent.Pointer));
        Assert.Equal(
            ("declined", "ben", "cannot be read"), (declined.Status, declined.DeclinedBy, declined.Because));
        Assert.Equal("receipt_settled", late.Code);
        Assert.Equal(("slip_not_found", "slip_not_found"), (strange.Code, none.Code));
        Assert.Equal("invalid_request", status.Code);
        var sight = await RefusedAsync(() => desks.Test.GetReceiptAsync(waits.Id));
        Assert.Equal(("not_a_test_member", "not_a_test_member"), (test.Code, sight.Code));
    }

    private static SlipBody Slip(string receipt, string paid) => new(
        "card:1", "shirts", receipt, TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddT00:00:00+00:00"),
        JsonDocument.Parse($"\"{paid}\"").RootElement, Photo: "slips/1");

    private static async Task<ProblemBody> RefusedAsync(Func<Task> call) =>
        (await Assert.ThrowsAsync<MallVipProblemException>(call)).Problem;

    /// <summary>Two operators and a test key at one silo; card 1 is a member.</summary>
    private sealed class Desks : IAsyncDisposable
    {
        private readonly EngineHost _host;
        private readonly List<HttpClient> _clients = [];

        private Desks(EngineHost host, params string[] keys)
        {
            _host = host;
            foreach (var key in keys)
            {
                var http = new HttpClient { BaseAddress = host.Http.BaseAddress };
                http.DefaultRequestHeaders.Add("X-Api-Key", key);
                _clients.Add(http);
            }
        }

        public MallVipClient Ann => new(_clients[0]);

        public MallVipClient Ben => new(_clients[1]);

        public MallVipClient Test => new(_clients[2]);

        public static async Task<Desks> OpenAsync(string settings)
        {
            var (ann, ben, test) = (ApiKeyFactory.Create(), ApiKeyFactory.Create(), ApiKeyFactory.Create());
            string[] scopes = ["read", "write", "operate"];
            var host = await EngineHost.StartAsync(
                new()
                {
                    ApiKeys =
                    [
                        new() { Name = "ann", Hash = ann.Hash, Scopes = scopes },
                        new() { Name = "ben", Hash = ben.Hash, Scopes = scopes },
                        new() { Name = "test", Hash = test.Hash, Scopes = scopes, Test = true },
                    ],
                },
                settings);
            var desks = new Desks(host, ann.Key, ben.Key, test.Key);
            await desks.Ann.RegisterAsync(new(["card:1"]), "r");
            return desks;
        }

        public async Task<ProblemBody> PostAsync(string json)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/receipts")
            {
                Content = new StringContent(json, new MediaTypeHeaderValue(
                    "application/json")),
            };
            request.Headers.Add("Idempotency-Key", "k");
            var response = await _clients[0].SendAsync(request);
            Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
            return (await response.Content.ReadFromJsonAsync(ApiJson.Default.ProblemBody))!;
        }

        public async ValueTask DisposeAsync()
        {
            _clients.ForEach(http => http.Dispose());
            await _host.DisposeAsync();
        }
    }
}
