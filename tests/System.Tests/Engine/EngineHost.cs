using System.Collections.Immutable;
using System.Text;
using MallVip.Grains.Desk;
using MallVip.Grains.Inbox;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Grains.Tests.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Commands;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.Silo.Hosting;
using MallVip.Silo.Hosting.Features;
using MallVip.Silo.Verify;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Engine;

/// <summary>The engine over a store that can fail, on a clock that a test moves.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly ServerKey Key = ServerKey.FromText(new string('7', 64));
    private int _calls;

    private EngineHost(LocalEngine engine, FaultyJournal store, ManualTime time) =>
        (Engine, Store, Time) = (engine, store, time);

    public LocalEngine Engine { get; }

    public FaultyJournal Store { get; }

    public ManualTime Time { get; }

    public Programme Programme => Engine.Set.Programmes.Shown;

    public DateTimeOffset Now => Time.GetUtcNow();

    public static Task<EngineHost> StartAsync(bool background = false) =>
        StartAsync(new MemoryJournal(), new ManualTime(), background);

    public static async Task<EngineHost> StartAsync(
        IJournal inner, ManualTime time, bool background = false, Programme? programme = null,
        InboxOptions? inbox = null, StackFeatures? features = null)
    {
        var store = new FaultyJournal(inner);
        var engine = await LocalEngine.OpenAsync(
            store, Key, programme ?? TestProgramme.Instance, time, background, inbox, features: features);
        return new(engine, store, time);
    }

    /// <summary>Registers a member by phone and answers the id.</summary>
    public async Task<MemberId> RegisterAsync(int phone, string? birthday = null)
    {
        var attributes = ImmutableSortedDictionary<string, string>.Empty;
        if (birthday is not null)
            attributes = attributes.Add("birthday", $"\"{birthday}\"");
        var registration = new Registration([Till.Phone(phone)], "bay", attributes);
        var answer = await Engine.Desk.RegisterAsync(registration, Call(), default).WaitAsync(Patience);
        Assert.True(answer.Refusal is null, answer.Refusal?.Detail);
        return answer.Member!.Value;
    }

    public Task<EventAnswer> SendAsync(byte[] cloudEvent) =>
        Engine.Intake.AcceptAsync(cloudEvent, new() { Actor = "test" }, default).WaitAsync(Patience);

    /// <summary>Into the inbox.</summary>
    public Task<EventAnswer> QueueAsync(byte[] cloudEvent) =>
        Engine.Intake.AcceptAsync(cloudEvent, new() { Actor = "test", Later = true }, default)
            .WaitAsync(Patience);

    /// <summary>What became of an event of the till.</summary>
    public async Task<EventAnswer?> AskAsync(string id)
    {
        var outcomes = Engine.Services.GetRequiredService<OutcomeReader>();
        return (await outcomes.FindAsync("till", id).WaitAsync(Patience))?.Answer;
    }

    /// <summary>Waits until nothing waits in the inbox, while the clock creeps on.</summary>
    public Task DeliveredAsync() => Waiting.ForAsync(async () =>
    {
        Time.Advance(TimeSpan.FromMilliseconds(1));
        return await Store.CountInboxAsync() == 0;
    });

    /// <summary>A purchase of whole yuan, now; the id is the receipt.</summary>
    public Task<EventAnswer> BuyAsync(string id, int phone, int paid, string store = "noodles") =>
        SendAsync(Till.Purchase(id, Till.Phone(phone), paid, Now, store));

    public Task<DeskAnswer> CommandAsync(MemberId member, MemberCommand command, string? key = null) =>
        Engine.Desk.CommandAsync(member, command, Call(key), default).WaitAsync(Patience);

    public IMemberGrain Member(MemberId member) => Engine.Grains.GetGrain<IMemberGrain>(member.ToString());

    public async Task<MemberState> ReadAsync(MemberId member)
    {
        var reading = await Member(member).Read(new MemberQuery.State()).WaitAsync(Patience);
        return ((MemberReading.Snapshot)reading).State;
    }

    public async Task<long> BalanceAsync(MemberId member, string wallet = "points") =>
        (await ReadAsync(member)).FindWallet(wallet)?.Balance.Value ?? 0;

    /// <summary>The member's history, oldest first.</summary>
    public async Task<HistoryEntry[]> HistoryAsync(MemberId member)
    {
        var page = (MemberReading.Page)await Member(member).Read(new MemberQuery.History(null, 500));
        return [.. page.Entries.Reverse()];
    }

    /// <summary>
    /// Waits until a member's state is as wanted. The clock creeps meanwhile, at most a minute in all, as it
    /// would for a timer that was set while the clock moved.
    /// </summary>
    public async Task UntilAsync(MemberId member, Func<MemberState, bool> wanted)
    {
        var started = TimeProvider.System.GetTimestamp();
        var crept = 0;
        while (!wanted(await ReadAsync(member)))
        {
            var waited = TimeProvider.System.GetElapsedTime(started);
            Assert.True(waited < Patience, "It never came true.");
            if (crept < 60 && waited > TimeSpan.FromMilliseconds(500 + (50 * crept)))
            {
                Time.Advance(TimeSpan.FromSeconds(1));
                crept++;
            }

            await Task.Yield();
        }
    }

    /// <summary>Waits until so many entries are held up or queued behind the store's gate.</summary>
    public Task UnderWayAsync(int entries) =>
        Waiting.ForAsync(() => Store.Newest.Entries.Count + Engine.Set.Writer.Stats.Queued == entries);

    public async Task<AuditResult> AuditAsync() => await Auditor.RunAsync(Store, null, default);

    /// <summary>Asserts that the whole journal adds up.</summary>
    public async Task AssertCleanAsync()
    {
        var result = await AuditAsync();
        using var text = new StringWriter();
        VerifyCommand.Write(result, text);
        Assert.True(result.IsClean, text.ToString());
    }

    public DeskCall Call(string? key = null)
    {
        var drawn = key ?? $"call-{Interlocked.Increment(ref _calls)}";
        return new("test", drawn, Encoding.UTF8.GetBytes(drawn), DryRun: false);
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
