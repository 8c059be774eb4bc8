namespace MallVip.System.Tests.Api;

/// <summary>NDJSON over a bare socket, so that both directions are seen as they are.</summary>
public class StreamTests
{
    [Fact]
    public async Task A_line_is_answered_while_the_upload_goes_on()
    {
        await using var host = await ApiHost.StartAsync();
        await using var till = await Till.OpenAsync(host.Address);

        foreach (var id in (string[])["a", "b", "c"])
        {
            await till.SendAsync(Requests.Event(id).Trim() + "\n");
            var answer = Requests.Answer(await till.ReadLineAsync());
            Assert.Equal((id, "accepted"), (answer.Id, answer.Status));
        }

        await till.EndAsync();
        Assert.Equal("0", await till.ReadRawAsync());
    }

    [Fact]
    public async Task A_line_that_is_too_long_gets_its_own_error_and_the_rest_go_on()
    {
        await using var host = await ApiHost.StartAsync();
        await using var till = await Till.OpenAsync(host.Address);
        var reading = ReadAllAsync(till, 3);

        till.Buffer(Requests.Event("a").Trim() + "\n\n");
        till.Buffer(new string('x', 1_000_000) + "\n");
        till.Buffer(Requests.Event("b").Trim());
        await till.EndAsync();
        var answers = await reading;

        Assert.Equal([1, 3, 4], answers.Select(answer => answer.Line!.Value));
        Assert.Equal(["accepted", "rejected", "accepted"], answers.Select(answer => answer.Status));
        Assert.Equal(("line_too_long", 413), (answers[1].Error!.Code, answers[1].Error!.Status));
        Assert.Equal(["a", "b"], host.Door.Accepted);
    }

    [Fact]
    public async Task A_client_that_hangs_up_leaves_what_was_accepted_and_nothing_of_its_last_half_line()
    {
        await using var host = await ApiHost.StartAsync();
        var till = await Till.OpenAsync(host.Address);
        await till.SendAsync(Requests.Event("a").Trim() + "\n" + Requests.Event("half").Trim());
        await till.ReadLineAsync();

        await till.DisposeAsync();

        await (await host.PostAsync("/v1/events", Requests.Event("after"))).AnswerAsync();
        Assert.Equal(["a", "after"], host.Door.Accepted);
        Assert.DoesNotContain(host.Logs, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_that_never_reads_is_cut()
    {
        await using var host = await ApiHost.StartAsync(
            new() { UnreadTimeout = TimeSpan.FromMilliseconds(200) });
        await using var till = await Till.OpenAsync(host.Address, receiveBuffer: 4096);
        var sent = 0;

        var cut = await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            for (; sent < 2_000_000; sent++)
                await till.SendAsync(Requests.Event($"e{sent}").Trim() + "\n");
        });

        Assert.NotNull(cut);
        Assert.True(host.Door.Accepted.Count < 2_000_000);
    }

    [Fact]
    public async Task More_streams_than_a_caller_may_have_are_429()
    {
        await using var host = await ApiHost.StartAsync(new() { MaxStreamsPerCaller = 1 });
        await using var till = await Till.OpenAsync(host.Address);
        await till.SendAsync(Requests.Event("a").Trim() + "\n");
        await till.ReadLineAsync();

        var response = await host.PostAsync("/v1/events", Requests.Event("b"), Requests.Lines);

        await response.ProblemAsync(429, "too_many_requests");
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.True(response.Headers.Contains("RateLimit"));
    }

    private static async Task<List<Client.Wire.EventAnswerBody>> ReadAllAsync(Till till, int count)
    {
        var answers = new List<Client.Wire.EventAnswerBody>(count);
        while (answers.Count < count)
            answers.Add(Requests.Answer(await till.ReadLineAsync()));
        return answers;
    }
}
