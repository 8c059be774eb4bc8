using System.Net.Http.Json;
using MallVip.Client;
using MallVip.Client.Runtime;
using MallVip.Client.Wire;
using MallVip.Grains.Due;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Api;

/// <summary>The grain runtime's figures on the API and in the live feed.</summary>
public class RuntimeTests
{
    [Fact]
    public void Calls_per_second_are_those_since_the_sample_before()
    {
        var (time, figures) = (new SteppedTime(), new Figures());
        var meter = new RuntimeMeter(time, figures);
        figures.Calls = 100;
        time.Step(TimeSpan.FromSeconds(2));
        Assert.Equal(50, Assert.Single(meter.Sample().Grains).CallsPerSecond);
        figures.Calls = 130;
        time.Step(TimeSpan.FromSeconds(1));

        var grain = Assert.Single(meter.Sample().Grains);

        Assert.Equal(("MemberGrain", 30.0, 130L), (grain.Grain, grain.CallsPerSecond, grain.Calls));
        Assert.Equal((1.5, 7.25, 3L), (grain.P50Ms, grain.P99Ms, grain.Queue));
        Assert.Equal([grain], meter.Latest.Grains.AsEnumerable());
    }

    [Fact]
    public void Lag_is_that_of_the_row_that_waited_longest_and_of_those_under_way()
    {
        var time = new SteppedTime();
        var due = new DueMeter(time);
        var meter = new RuntimeMeter(time, due: due);
        var noon = time.GetUtcNow();
        time.Step(TimeSpan.FromSeconds(4));
        due.Claimed(noon);
        due.Done(noon);
        due.Done(noon.AddSeconds(3));
        due.Done(noon.AddHours(1));
        Assert.Equal(new DueBody(0.8, 4_000, 3), meter.Sample().Due!);
        time.Step(TimeSpan.FromSeconds(2));
        Assert.Equal(new DueBody(0, 6_000, 3), meter.Sample().Due);

        due.Settled();

        Assert.Equal(new DueBody(0, 0, 3), meter.Sample().Due);
    }

    [Fact]
    public async Task The_API_and_the_feed_show_each_class_of_grain()
    {
        await using var host = await EngineHost.StartAsync();
        await new MallVipClient(host.Http).RegisterAsync(new(["card:1"]), "k1");
        host.Services.GetRequiredService<RuntimeMeter>().Sample();

        var body = await host.Http.GetFromJsonAsync("/v1/runtime", ApiJson.Default.RuntimeBody);
        using var feed = await host.Http.GetAsync("/v1/live", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await feed.Content.ReadAsStreamAsync());

        var member = Assert.Single(body!.Grains, grain => grain.Grain == "MemberGrain");
        Assert.Equal((1, 0), (member.Residents, member.Failures));
        Assert.True(member.Calls > 0);
        Assert.Equal(new DueBody(0, 0, 0), body.Due);
        Assert.Contains(body.Grains, grain => grain.Grain == "IdentityGrain");
        string? line;
        do
            line = await reader.ReadLineAsync(TestContext.Limit);
        while (line != "event: runtime");
        Assert.Contains("\"grain\":\"MemberGrain\"", await reader.ReadLineAsync(TestContext.Limit),
            StringComparison.Ordinal);
    }

    private sealed class Figures : IGrainFigures
    {
        public long Calls { get; set; }

        public IReadOnlyList<GrainCount> Read() =>
        [
            new("MemberGrain", 10, Calls, 0, 3, TimeSpan.FromMilliseconds(1.5),
                TimeSpan.FromMilliseconds(7.25)),
        ];
    }

    private sealed class SteppedTime : TimeProvider
    {
        private long _ticks;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(_ticks);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Step(TimeSpan by) => _ticks += by.Ticks;
    }
}
