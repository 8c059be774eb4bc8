using MallVip.Grains.Journal;

namespace MallVip.Grains.Tests.Journal;

public abstract partial class JournalContractTests
{
    [Fact]
    public async Task The_inbox_gives_back_what_was_put_in_its_order()
    {
        var first = Row("a", 1, 2, 3);
        await Journal.PutInboxAsync([first, Row("b")]);
        await Journal.PutInboxAsync([Row("a", 9)]);

        var rows = await Journal.ReadInboxAsync(0, 10);

        Assert.Equal(3, await Journal.CountInboxAsync());
        Assert.Equal([Key("a"), Key("b"), Key("a")], rows.Select(row => row.Event.Key));
        Assert.True(0 < rows[0].Pos && rows[0].Pos < rows[1].Pos && rows[1].Pos < rows[2].Pos);
        Assert.Equal(first with { Body = default }, rows[0].Event with { Body = default });
        Assert.Equal([1, 2, 3], rows[0].Event.Body.ToArray());
    }

    [Fact]
    public async Task The_inbox_is_read_page_by_page_behind_a_place()
    {
        await Journal.PutInboxAsync([Row("a"), Row("b"), Row("c")]);
        var page = await Journal.ReadInboxAsync(0, 2);
        Assert.Equal([Key("a"), Key("b")], page.Select(row => row.Event.Key));
        page = await Journal.ReadInboxAsync(page[1].Pos, 2);
        Assert.Equal([Key("c")], page.Select(row => row.Event.Key));
        Assert.Empty(await Journal.ReadInboxAsync(page[0].Pos, 2));
    }

    [Fact]
    public async Task A_place_in_the_inbox_is_never_given_twice_even_when_it_has_been_emptied()
    {
        await Journal.PutInboxAsync([Row("a")]);
        var row = Assert.Single(await Journal.ReadInboxAsync(0, 10));
        await Journal.SettleInboxAsync([new(row.Pos, null)]);
        Assert.Empty(await Journal.ReadInboxAsync(0, 10));
        Assert.Equal(0, await Journal.CountInboxAsync());

        await Journal.PutInboxAsync([Row("b")]);

        Assert.Single(await Journal.ReadInboxAsync(row.Pos, 10));
    }

    [Fact]
    public async Task An_event_waits_until_the_last_row_of_its_key_is_settled()
    {
        await Journal.PutInboxAsync([Row("a"), Row("a")]);
        var rows = await Journal.ReadInboxAsync(0, 10);
        Assert.Equal(new InboxTrace(true, null), await Journal.FindInboxAsync(Key("a")));
        await Journal.SettleInboxAsync([new(rows[0].Pos, null)]);
        Assert.True((await Journal.FindInboxAsync(Key("a"))).Waits);
        await Journal.SettleInboxAsync([new(rows[1].Pos, null)]);
        Assert.Equal(default, await Journal.FindInboxAsync(Key("a")));
        Assert.Equal(default, await Journal.FindInboxAsync(Key("never")));
    }

    [Fact]
    public async Task The_newest_refusal_of_a_key_is_remembered_until_it_is_forgotten()
    {
        await Journal.PutInboxAsync([Row("a"), Row("a"), Row("b")]);
        var rows = await Journal.ReadInboxAsync(0, 10);
        await Journal.SettleInboxAsync(
            [new(rows[0].Pos, Refused("a", Noon, 1)), new(rows[2].Pos, Refused("b", Noon.AddDays(1), 2))]);
        await Journal.SettleInboxAsync([new(rows[1].Pos, Refused("a", Noon.AddHours(1), 3))]);

        var trace = await Journal.FindInboxAsync(Key("a"));
        Assert.False(trace.Waits);
        Assert.Equal((Key("a"), Noon.AddHours(1)), (trace.Refusal!.Key, trace.Refusal.At));
        Assert.Equal([3], trace.Refusal.Body.ToArray());

        await Journal.ForgetRefusalsAsync(Noon.AddDays(1));
        Assert.Equal(default, await Journal.FindInboxAsync(Key("a")));
        Assert.Equal([2], (await Journal.FindInboxAsync(Key("b"))).Refusal!.Body.ToArray());
    }

    [Fact]
    public async Task A_row_that_is_settled_twice_is_passed_over()
    {
        await Journal.PutInboxAsync([Row("a"), Row("b")]);
        var rows = await Journal.ReadInboxAsync(0, 10);
        await Journal.SettleInboxAsync([new(rows[0].Pos, null)]);
        await Journal.SettleInboxAsync([new(rows[0].Pos, null), new(rows[1].Pos, null)]);
        Assert.Equal(0, await Journal.CountInboxAsync());
    }

    private static EventKey Key(string id) => EventKey.ForEvent("till", id);

    private static InboxDraft Row(string id, params byte[] body) =>
        new(Key(id), Noon.AddMilliseconds(1.5), "till-7", "v1", body);

    private static InboxRefusal Refused(string id, DateTimeOffset at, params byte[] body) =>
        new(Key(id), at, body);
}
