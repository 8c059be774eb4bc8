using System.Collections.Immutable;
using System.Text;
using MallVip.Grains.Desk;
using MallVip.Grains.Due;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Grains.Programmes;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Quantities;
using MallVip.Silo.Hosting;
using MallVip.Silo.Verify;
using MallVip.System.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Publishing;

/// <summary>
/// A silo with all its background work, whose programme a test changes by rules of its choice.
/// </summary>
internal sealed class SweepHost : IAsyncDisposable
{
    /// <summary>Says <c>away</c> after 30 days.</summary>
    public const string Away = "  away: { on: member.inactive(30d), alert: { name: away } }";

    /// <summary>Says <c>birthday</c>.</summary>
    public const string Birthday = "  birthday: { on: member.birthday, alert: { name: birthday } }";

    /// <summary>Says <c>lapse</c> a week before points lapse.</summary>
    public const string Lapse = "  lapse: { on: points.expiring(7d), alert: { name: lapse } }";

    private static readonly ServerKey Key = ServerKey.FromText(new string('7', 64));
    private int _calls;

    private SweepHost(LocalEngine engine, IJournal journal, ManualTime time) =>
        (Engine, Journal, Time) = (engine, journal, time);

    public LocalEngine Engine { get; }

    public IJournal Journal { get; }

    public ManualTime Time { get; }

    public DateTimeOffset Now => Time.GetUtcNow();

    public DueSweep Sweep => Engine.Services.GetRequiredService<DueSweep>();

    public ProgrammeHost Programmes => Engine.Services.GetRequiredService<ProgrammeHost>();

    public PublicationDesk Desk => Engine.Services.GetRequiredService<PublicationDesk>();

    /// <summary>Opens a journal as a silo does: what its history says is in force.</summary>
    public static async Task<SweepHost> StartAsync(
        IJournal? journal = null, ManualTime? time = null, bool background = false, string rules = "")
    {
        time ??= new ManualTime();
        journal ??= new MemoryJournal();
        var engine = await LocalEngine.OpenAsync(
            journal, Key, new ProgrammeLoader().Load(Files(rules)).Programme!, time, background);
        var host = new SweepHost(engine, journal, time);
        await host.Programmes.FollowAsync(await host.Desk.BeginAsync());
        return host;
    }

    public static ProgrammeFiles Files(string rules, string zone = "Asia/Shanghai") =>
        ProgrammeFiles.Of(new Dictionary<string, string>
        {
            ["programme.yaml"] = $$"""
                timezone: Asia/Shanghai
                currency: CNY
                malls: { bay: { name: Bay Mall, timezone: {{zone}} } }
                categories: [dining]
                stores: { noodles: { category: dining, mall: bay } }
                wallets:
                  points: { expiry: { days: 90 } }
                attributes: { birthday: date }
                """,
            ["rules.yaml"] = $$"""
                ruleset: t
                rules:
                  base: { on: mall.purchase, earn: { amount: event.paid } }
                {{rules}}
                """,
        });

    /// <summary>Publishes rules besides the one for purchases.</summary>
    public async Task PublishAsync(
        string rules, DateTimeOffset? at = null, string zone = "Asia/Shanghai")
    {
        var draft = await Desk.DraftAsync(Files(rules, zone));
        Assert.True(draft.IsGood, string.Join('\n', draft.Result.Diagnostics));
        var outcome = await Desk.PublishAsync(new() { Version = draft.Id, EffectiveAt = at, Call = Call() });
        Assert.Null(outcome.Refusal);
    }

    public async Task<MemberId> RegisterAsync(int phone, string? birthday = null)
    {
        var attributes = ImmutableSortedDictionary<string, string>.Empty;
        if (birthday is not null)
            attributes = attributes.Add("birthday", $"\"{birthday}\"");
        var answer = await Engine.Desk.RegisterAsync(
            new([Till.Phone(phone)], "bay", attributes), Call(), default);
        Assert.Null(answer.Refusal);
        return answer.Member!.Value;
    }

    public async Task BuyAsync(string id, int phone, int paid = 1)
    {
        var answer = await Engine.Intake.AcceptAsync(
            Till.Purchase(id, Till.Phone(phone), paid, Now, "noodles"), new() { Actor = "test" }, default)
            .WaitAsync(EngineHost.Patience);
        Assert.Null(answer.Refusal);
    }

    public IMemberGrain Member(MemberId member) => Engine.Grains.GetGrain<IMemberGrain>(member.ToString());

    public async Task<MemberState> ReadAsync(MemberId member)
    {
        var reading = await Member(member).Read(new MemberQuery.State());
        return ((MemberReading.Snapshot)reading).State;
    }

    /// <summary>The alerts of a member's journal, read without waking the member.</summary>
    public async Task<string[]> AlertsAsync(MemberId member)
    {
        var entries = await Journal.ReadAsync(new(GrainKind.Member, member.Value));
        return [.. entries.SelectMany(entry => Rules.Journaling.JournalJson.ReadBody(entry.Body.Span).Facts)
            .OfType<Fact.Effect>().Select(effect => effect.Target)];
    }

    public async Task<int> EntriesAsync(MemberId member) =>
        (await Journal.ReadAsync(new(GrainKind.Member, member.Value))).Count;

    /// <summary>Moves the clock and does what is due then, as the due worker would.</summary>
    public async Task PassAsync(double days)
    {
        Time.Advance(TimeSpan.FromDays(days));
        foreach (var row in await Journal.ClaimDueAsync(Now, 100, Now.AddSeconds(1)))
            await Member(new(row.Grain.Id)).Poke();
    }

    /// <summary>Waits for something that timers bring; the clock creeps meanwhile.</summary>
    public async Task UntilAsync(Func<Task<bool>> wanted)
    {
        var crept = 0;
        await Waiting.ForAsync(async () =>
        {
            if (await wanted())
                return true;
            if (++crept % 200 == 0)
                Time.Advance(TimeSpan.FromMilliseconds(100));
            return false;
        });
    }

    public async Task AssertCleanAsync()
    {
        var result = await Auditor.RunAsync(Journal, null, default);
        Assert.True(result.IsClean);
    }

    public DeskCall Call()
    {
        var key = $"k{Interlocked.Increment(ref _calls)}-{Now.Ticks}";
        return new("anna", key, Encoding.UTF8.GetBytes(key), DryRun: false);
    }

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
