using System.Collections.Immutable;
using System.Text.Json;
using MallVip.Client;
using MallVip.Client.Wire;

namespace MallVip.System.Tests.Api;

/// <summary>Tags, attributes, achievements and friends of a member, over HTTP.</summary>
public class EngagementTests
{
    private const string Phone = "phone:+8613800138000";

    private const string Declared = """

        attributes:
          name: text
          likes: { type: text, choices: [tea, coffee] }
        tag-groups: { life: { exclusive: true } }
        tags:
          student: { name: Student, group: life, colour: "#3366CC" }
          parent: { group: life }
        achievements:
          thrice: { name: Three purchases, on: mall.purchase, every: month, goal: 3, recurs: every-period }
        """;

    [Fact]
    public async Task Tags_show_group_and_colour_and_how_they_came_and_went()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await OneAsync(host);
        await TagAsync(host, "student", "k2", """{"reason":"card shown"}""");
        var student = Assert.Single((await client.GetMemberAsync(Phone))!.Tags);
        await TagAsync(host, "parent", "k3", """{"reason":"said so"}""");

        Assert.Equal(("Student", "life", "#3366CC"), (student.Name, student.Group, student.Colour));
        Assert.Equal("parent", Assert.Single((await client.GetMemberAsync(Phone))!.Tags).Tag);
        var history = await client.ReadTagHistoryAsync(Phone);
        Assert.Equal(
            [("student", "removed", "hand", null), ("parent", "added", "hand", "said so"),
                ("student", "added", "hand", "card shown")],
            history.Changes.Select(line => (line.Tag, line.What, line.Cause, line.Reason)));
        var page = await client.ReadTagHistoryAsync(Phone, limit: 1);
        Assert.Equal(2, page.Changes.Length);
        Assert.Single((await client.ReadTagHistoryAsync(Phone, page.Next)).Changes);
        var why = await client.WhyAsync(Phone, history.Changes[0].Seq);
        Assert.Contains("said so", why.Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attributes_show_how_they_came_about_and_personal_ones_only_that_they_changed()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await OneAsync(host);
        await client.SendEventAsync(Updated("u1", """{"attributes":{"name":"Li Lei","likes":"tea"}}"""));
        await client.SendEventAsync(Updated("u2", """{"attributes":{"likes":"coffee"}}"""));

        var history = await client.ReadAttributeHistoryAsync(Phone);
        Assert.Equal(
            [("likes", "coffee", null), ("name", null, true), ("likes", "tea", null)],
            history.Changes.Select(line => (line.Name, line.Value, line.Personal))
                .OrderByDescending(line => line.Value == "coffee").ThenByDescending(line => line.Name));
        Assert.Equal("u2", history.Changes[0].Event!.Id);
        var problem = (await Assert.ThrowsAsync<MallVipProblemException>(() =>
            client.SendEventAsync(Updated("u3", """{"attributes":{"likes":"cocoa"}}""")))).Problem;
        Assert.Contains("cocoa", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_is_shown_and_the_purchase_that_reaches_the_goal_says_so()
    {
        await using var host = await EngineHost.StartAsync();
        var client = await OneAsync(host);
        await client.SendEventAsync(Bought("b1"));
        await client.SendEventAsync(Bought("b2"));
        var before = Assert.Single((await client.GetMemberAsync(Phone))!.Achievements);
        var reached = await client.SendEventAsync(Bought("b3"));
        var after = Assert.Single((await client.GetMemberAsync(Phone))!.Achievements);

        Assert.Equal(
            ("thrice", "Three purchases", 2m, 3L, 0),
            (before.Id, before.Name, before.Progress, before.Goal, before.Times));
        Assert.Equal(1, before.Ends!.Value.Day);
        Assert.Equal("thrice", Assert.Single(reached.Achievements!.Value));
        Assert.Equal((3m, 1), (after.Progress, after.Times));
    }

    private static async Task<MallVipClient> OneAsync(EngineHost host)
    {
        var client = new MallVipClient(host.Http);
        var before = await client.GetProgrammeAsync(files: true);
        var draft = await client.PostDraftAsync(new(
            ImmutableSortedDictionary<string, string?>.Empty.Add(
                "programme.yaml", before.Files["programme.yaml"] + Declared), Base: before.Version));
        await client.PublishAsync(new(draft.Id, "more", Expected: before.Version), "p1");
        await client.RegisterAsync(new([Phone]), "k1");
        return client;
    }

    private static async Task TagAsync(EngineHost host, string tag, string key, string body)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Put, $"v1/members/{Uri.EscapeDataString(Phone)}/tags/{tag}")
        {
            Content = new StringContent(body, null, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", $"\"{key}\"");
        using var response = await host.Http.SendAsync(request);
        Assert.Equal("", response.IsSuccessStatusCode ? "" : await response.Content.ReadAsStringAsync());
    }

    private static CloudEventBody Updated(string id, string data) => Event(id, "member.updated", data);

    private static CloudEventBody Bought(string id) =>
        Event(id, "mall.purchase", $$"""{"receipt":"{{id}}","store":"shirts","paid":"60"}""");

    private static CloudEventBody Event(string id, string type, string data) => new()
    {
        Id = id,
        Source = "pos",
        Type = type,
        Subject = Phone,
        Time = TimeProvider.System.GetUtcNow(),
        Data = JsonDocument.Parse(data).RootElement,
    };
}
