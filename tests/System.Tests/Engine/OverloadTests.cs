using System.Collections.Immutable;
using MallVip.Grains.Budgets;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Grains.Snapshots;
using MallVip.Rules.Commands;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace MallVip.System.Tests.Engine;

/// <summary>A journal that takes no more for a while.</summary>
public sealed class OverloadTests
{
    [Fact]
    public async Task A_write_that_the_full_journal_refused_arms_no_timer_that_the_next_one_would_rely_on()
    {
        await using var host = await EngineHost.StartAsync();
        await using var writer = await JournalWriter.OpenAsync(
            host.Store, new() { MaxQueuedEntries = 1 }, host.Time,
            host.Engine.Set.Keys, host.Engine.Set.DueSignal);
        var (member, other) = (Scribe(host, writer, 1), Scribe(host, writer, 2));
        await member.Write(Enrol(1), TestProgramme.Instance, default).Answer!;
        await other.Write(Enrol(2), TestProgramme.Instance, default).Answer!;

        host.Store.Hold();
        var held = other.Write(Gift("held"), TestProgramme.Instance, default).Answer!;
        await host.Store.Begun.WaitAsync(EngineHost.Patience);
        var queued = other.Write(Gift("queued"), TestProgramme.Instance, default).Answer!;
        Assert.Throws<JournalOverloadedException>(
            () => member.Write(Gift("refused"), TestProgramme.Instance, default));
        host.Store.Release();
        await Task.WhenAll(held, queued);
        await host.Store.ClaimDueAsync(host.Now.AddYears(1), 10, host.Now.AddYears(9));
        await member.Write(Gift("taken"), TestProgramme.Instance, default).Answer!;

        Assert.Single(await host.Store.ClaimDueAsync(host.Now.AddYears(1), 10, host.Now.AddYears(9)));
    }

    private static MemberScribe Scribe(EngineHost host, JournalWriter writer, int id)
    {
        var engine = host.Engine;
        var services = new MemberServices(
            host.Store, writer, engine.Set.Keys, engine.Set.Programmes,
            engine.Set.Runs, new(host.Store, NullLogger<SnapshotSaver>.Instance),
            new(engine.Grains, host.Store, host.Time, NullLogger<BudgetLeases>.Instance),
            engine.Services.GetRequiredService<RuleAlarm>(),
            engine.Services.GetRequiredService<Grains.Coupons.CouponCodes>(), host.Time);
        var grain = new GrainKey(GrainKind.Member, (UInt128)id);
        var start = new TimelineStart<MemberState>(
            MemberState.Empty, 0, Hash256.Zero, DateTimeOffset.MinValue);
        return new(services, new(writer, grain, start));
    }

    private static MemberRequest Enrol(int id) => new()
    {
        Command = new MemberCommand.Enrol(
            new MemberId((UInt128)id), new DateTimeOffset(2026, 11, 8, 0, 0, 0, TimeSpan.Zero), "bay", [],
            ImmutableSortedDictionary<string, Rules.Events.FieldValue>.Empty),
        Key = EventKey.None,
        Actor = "test",
    };

    /// <summary>Points that lapse, so that the write has a timer to arm.</summary>
    private static MemberRequest Gift(string key) => new()
    {
        Command = new MemberCommand.Adjust("points", new(5), "gift", null),
        Key = EventKey.ForCommand("test", key),
        Actor = "test",
    };
}
