using System.Collections.Immutable;
using System.Text;
using MallVip.Client.Live;
using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;

namespace MallVip.System.Tests.Api;

public class LiveTests
{
    [Fact]
    public void Only_so_many_a_second_are_shown_and_all_are_counted()
    {
        var hub = new LiveHub(new() { ItemsPerSecond = 3 }, new StoppedTime());
        var client = hub.Join(null);

        Publish(hub, 10);
        hub.Tick(null);

        Assert.Equal([1, 2, 3, null], Taken(client).Select(message => message.Pos));
        Assert.Equal((100L, 7L), (hub.Counters.Points, hub.Counters.Skipped));
    }

    [Fact]
    public void A_client_that_comes_back_gets_what_it_missed()
    {
        var hub = new LiveHub(new() { Kept = 5 }, new StoppedTime());
        Publish(hub, 8);

        Assert.Equal([7, 8], Taken(hub.Join(6)).Select(message => message.Pos!.Value));
        Assert.Equal([4, 5, 6, 7, 8], Taken(hub.Join(1)).Select(message => message.Pos!.Value));
        Assert.Empty(Taken(hub.Join(null)));
    }

    [Fact]
    public async Task A_slow_client_is_dropped_and_others_are_not()
    {
        var hub = new LiveHub(new() { ClientBuffer = 2 }, new StoppedTime());
        var (slow, quick) = (hub.Join(null), hub.Join(null));

        for (var i = 1; i <= 5; i++)
        {
            Publish(hub, 1, first: i);
            Taken(quick);
        }

        Assert.Equal(1, hub.Clients);
        Assert.Equal(2, Taken(slow).Count);
        await slow.Messages.Completion;
    }

    [Fact]
    public async Task The_feed_is_server_sent_events_with_ids()
    {
        await using var host = await ApiHost.StartAsync();
        using var response = await host.Http.GetAsync("/v1/live", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal(": welcome", await reader.ReadLineAsync(TestContext.Limit));

        Publish(host.Live, 1, first: 42);
        var seen = new StringBuilder();
        while (!seen.ToString().Contains("\"member\"", StringComparison.Ordinal))
            seen.AppendLine(await reader.ReadLineAsync(TestContext.Limit));

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("id: 42", seen.ToString(), StringComparison.Ordinal);
        Assert.Contains("event: entry", seen.ToString(), StringComparison.Ordinal);
    }

    private static void Publish(LiveHub hub, int count, long first = 1)
    {
        var body = EntryBody.Of(
            new MemberCommand.Spend("points", new(1), ""),
            [new Fact.Earned("points", 1, new(10), default, null, null, null)],
            MemberState.Empty);
        for (var pos = first; pos < first + count; pos++)
            hub.Publish(pos, FakeDoor.Member, DateTimeOffset.UnixEpoch, body);
    }

    private static List<LiveMessage> Taken(LiveClient client)
    {
        var messages = new List<LiveMessage>();
        while (client.Messages.TryRead(out var message))
            messages.Add(message);
        return messages;
    }

    private sealed class StoppedTime : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
