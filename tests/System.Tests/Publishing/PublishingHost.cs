using System.Collections.Immutable;
using System.Text;
using MallVip.Grains.Desk;
using MallVip.Grains.Journal;
using MallVip.Grains.Programmes;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Programmes.Loading;
using MallVip.Silo.Hosting;
using MallVip.System.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Publishing;

/// <summary>An engine whose programme a test changes: one rule, so many points per yuan.</summary>
internal sealed class PublishingHost : IAsyncDisposable
{
    private static readonly ServerKey Key = ServerKey.FromText(new string('7', 64));
    private int _calls;

    private PublishingHost(LocalEngine engine, ManualTime time) => (Engine, Time) = (engine, time);

    public LocalEngine Engine { get; }

    public ManualTime Time { get; }

    public PublicationDesk Desk => Engine.Services.GetRequiredService<PublicationDesk>();

    public FolderPublisher Folder => Engine.Services.GetRequiredService<FolderPublisher>();

    public ProgrammeNews News => Engine.Services.GetRequiredService<ProgrammeNews>();

    public ProgrammeHost Programmes => Engine.Services.GetRequiredService<ProgrammeHost>();

    public DateTimeOffset Now => Time.GetUtcNow();

    /// <summary>Opens a journal as a silo does: what its history says is in force.</summary>
    public static async Task<PublishingHost> StartAsync(
        IJournal? journal = null, ManualTime? time = null, int perYuan = 1)
    {
        time ??= new ManualTime();
        var programme = new ProgrammeLoader().Load(Files(perYuan)).Programme!;
        var engine = await LocalEngine.OpenAsync(
            journal ?? new MemoryJournal(), Key, programme, time, background: false);
        var host = new PublishingHost(engine, time);
        await host.Programmes.FollowAsync(await host.Desk.HistoryAsync());
        return host;
    }

    /// <summary>The programme's files with a rule that gives so many points per yuan.</summary>
    public static ProgrammeFiles Files(int perYuan, string wallets = "points: {}", string more = "") =>
        ProgrammeFiles.Of(new Dictionary<string, string>
        {
            ["programme.yaml"] = $$"""
                timezone: Asia/Shanghai
                currency: CNY
                malls: { bay: { name: Bay Mall } }
                categories: [dining]
                stores:
                  noodles: { category: dining, mall: bay }
                wallets:
                  {{wallets}}
                """,
            ["points.yaml"] = $$"""
                ruleset: points
                rules:
                  base:
                    on: mall.purchase
                    earn: { wallet: points, amount: event.paid * {{perYuan}} }
                {{more}}
                cases:
                  - name: one yuan
                    event: { type: mall.purchase, time: "2026-11-21T12:00:00+08:00", store: noodles, paid: 1 }
                    expect: { points: {{perYuan}} }
                """,
        });

    public async Task<string> DraftAsync(int perYuan) => (await Desk.DraftAsync(Files(perYuan))).Id;

    /// <summary>Publishes a rule of so many points per yuan.</summary>
    public async Task<PublishOutcome> PublishAsync(
        int perYuan, string? expected = null, DateTimeOffset? at = null, string? key = null)
    {
        var draft = await DraftAsync(perYuan);
        return await Desk.PublishAsync(
            new() { Version = draft, Expected = expected, EffectiveAt = at, Call = Call(key, draft) });
    }

    public Task<PublishOutcome> RollbackAsync(string version) =>
        Desk.RollbackAsync(new() { Version = version, Call = Call() });

    /// <summary>What a purchase of one yuan brings now.</summary>
    public async Task<long> PointsPerYuanAsync()
    {
        var number = Interlocked.Increment(ref _calls);
        var answer = await Engine.Intake.AcceptAsync(
            Till.Purchase($"p{number}", Till.Phone(1), 1, Now, "noodles"), new() { Actor = "test" }, default);
        Assert.True(answer.Refusal is null, answer.Refusal?.Detail);
        return answer.Outcome!.Lines.Sum(line => line.Points.Value);
    }

    public async Task RegisterAsync()
    {
        var answer = await Engine.Desk.RegisterAsync(
            new([Till.Phone(1)], "bay", ImmutableSortedDictionary<string, string>.Empty), Call(), default);
        Assert.Null(answer.Refusal);
    }

    public DeskCall Call(string? key = null, string content = "") => new(
        "anna", key ?? $"k{Interlocked.Increment(ref _calls)}", Encoding.UTF8.GetBytes(content),
        DryRun: false);

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}
