using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using MallVip.Grains.Intake;
using MallVip.Grains.Members;
using MallVip.Grains.Programmes;
using MallVip.Rules.Facts;
using MallVip.System.Tests.Publishing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MallVip.System.Tests.Engine;

/// <summary>A rule that fails on a member while the silo runs.</summary>
public class FailingRuleTests
{
    private const string Bad = """
          bad:
            on: mall.purchase
            when: 100 / (int(event.paid) - 7) > 0
            earn: { amount: 5 }
        """;

    [Fact]
    public async Task The_event_still_answers_with_the_other_rules_and_the_failure_is_recorded_and_counted()
    {
        var counted = new ConcurrentQueue<string?>();
        using var listener = Listen(counted);
        await using var host = await PublishingHost.StartAsync();
        await host.RegisterAsync();
        await host.Folder.LookAsync(PublishingHost.Files(1));
        var draft = await host.Desk.DraftAsync(PublishingHost.Files(1, more: Bad));
        var published = await host.Desk.PublishAsync(new() { Version = draft.Id, Call = host.Call() });
        Assert.True(published.Refusal is null, string.Join("\n", published.Diagnostics));

        var answer = await host.Engine.Intake.AcceptAsync(
            Till.Purchase("p7", Till.Phone(1), 7, host.Now, "noodles"), new() { Actor = "test" }, default);

        Assert.Equal(EventStatus.Accepted, answer.Status);
        Assert.Equal(["points/base 7"], answer.Outcome!.Lines.Select(line => $"{line.Rule} {line.Points}"));
        Assert.Equal(
            ["rule_failed points/bad"],
            answer.Outcome.Warnings.Select(warned => $"{warned.Code} {warned.Rule}"));
        Assert.Single(counted, rule => rule == "points/bad");
    }

    [Fact]
    public void The_log_is_told_of_a_rule_once_and_of_no_value_of_an_event()
    {
        var log = new Told();
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var alarm = new RuleAlarm(services.GetRequiredService<IMeterFactory>(), log);
        var rule = new RuleRef("points/bad", "points.yaml", 7);
        Fact failed = new Fact.Warned("rule_failed", "CEL_BAD_CONVERSION: 'A1' cannot become int.", rule);
        Fact tier = new Fact.Warned("tier_failed", "gold: CEL_OVERFLOW: 77 is too much.", null);

        for (var n = 0; n < 3; n++)
            alarm.Note(TestProgramme.Instance, [failed, tier]);

        Assert.Equal(2, log.Lines.Count);
        Assert.Contains(
            "points/bad (points.yaml:7) with CEL_BAD_CONVERSION.", log.Lines.First(),
            StringComparison.Ordinal);
        Assert.Contains("with gold: CEL_OVERFLOW.", log.Lines.Last(), StringComparison.Ordinal);
    }

    private static MeterListener Listen(ConcurrentQueue<string?> counted)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "mallvip.rules.failures")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (_, _, tags, _) => counted.Enqueue(tags[0].Value as string));
        listener.Start();
        return listener;
    }

    private sealed class Told : ILogger<RuleAlarm>
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Lines.Enqueue(formatter(state, exception));
    }
}
