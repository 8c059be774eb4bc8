using System.Collections.Immutable;
using System.Net;
using MallVip.Client;
using MallVip.Grains.Hosting;
using MallVip.Grains.Journal;
using MallVip.Rules.Programmes.Loading;
using MallVip.Silo.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace MallVip.System.Tests.Api;

/// <summary>The API over the real engine, on a journal in memory and a small programme.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly JournalSet _set;

    private EngineHost(WebApplication app, JournalSet set)
    {
        (_app, _set) = (app, set);
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public IJournal Journal => _set.Journal;

    /// <param name="options">Null: the defaults.</param>
    /// <param name="also">More lines of <c>programme.yaml</c>.</param>
    /// <param name="rules">More rules, beside those for points.</param>
    public static Task<EngineHost> StartAsync(
        ApiOptions? options = null, string also = "", string rules = "ruleset: more") =>
        StartAsync(options ?? new(), $"{Programme}\n{also}", Points, TimeProvider.System, rules);

    /// <summary>With a programme and a clock of its own.</summary>
    /// <param name="programmeText"><c>programme.yaml</c>.</param>
    /// <param name="rules">Its rule set.</param>
    /// <param name="more">Another one.</param>
    public static async Task<EngineHost> StartAsync(
        ApiOptions options, string programmeText, string rules, TimeProvider time,
        string more = "ruleset: more")
    {
        var files = ImmutableSortedDictionary<string, string>.Empty
            .Add("programme.yaml", programmeText).Add("points.yaml", rules).Add("more.yaml", more);
        var loaded = new ProgrammeLoader().Load(files);
        var programme = loaded.Programme
            ?? throw new InvalidOperationException(string.Join('\n', loaded.Diagnostics));
        var set = await JournalSet.OpenAsync(
            new MemoryJournal(), ServerKey.FromBytes(new byte[ServerKey.Size]), programme,
            time,
            NullLoggerFactory.Instance, inbox: options.Inbox);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.ClearProviders();
        GrainStack.AddTo(builder, maxResidents: 10_000);
        builder.Services.AddSingleton(time);
        builder.Services.AddMallVipEngine(set);
        builder.Services.AddMallVipApi(options);
        var app = builder.Build();
        app.MapMallVip();
        await app.StartAsync();
        return new(app, set);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync(TestContext.Limit);
        await _app.DisposeAsync();
        await _set.DisposeAsync();
    }

    private const string Programme = """
        name: Test
        timezone: Asia/Shanghai
        malls:
          bay: { name: Bay, currency: CNY }
        categories:
          fashion: Fashion
        stores:
          shirts: { name: Shirts, category: fashion, mall: bay }
        wallets:
          points: { name: 积分 }
        tiers:
          member: { name: 会员 }
          gold: { name: 金卡, when: member.spent("365d") >= 1000, valid-months: 12 }
        """;

    private const string Points = """
        ruleset: points
        rules:
          base:
            on: mall.purchase
            earn: { wallet: points, amount: event.paid / 10, round: floor }
            funding: { brand: 100% }
        """;
}
