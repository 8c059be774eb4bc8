using System.CommandLine;
using MallVip.Silo.Commands;
using MallVip.Silo.Texts;
using MallVip.System.Tests.RealData;

namespace MallVip.System.Tests.Check;

/// <summary>What an operator sees of a programme.</summary>
public sealed class CheckVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mallvip-check-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_overview_lists_the_rules_of_each_event_in_the_order_in_which_they_act()
    {
        await WriteAsync("""
            ruleset: points
            groups: { offers: best }
            rules:
              twice:
                on: mall.purchase
                when: member.tier == "gold"
                multiply: { by: 2 }
              big: { on: mall.purchase, when: event.paid >= 500, tag: big }
              base:
                on: mall.purchase
                earn: { amount: event.paid / 10 }
                funding: { mall: 40%, brand: 60% }
              beauty:
                on: mall.purchase
                active: { from: 2026-11-01, days: [sat, sun], hours: "10:00-22:00" }
                group: offers
                earn: { amount: "100", round: half-up }
                limit: { every: day, times: 1 }
                priority: 5
              hello: { on: app.checkin, send-message: hello }
            """);

        var (exit, output, _) = await RunAsync("--overview");

        Assert.Equal(0, exit);
        Assert.EndsWith(
            """

            app.checkin
                1. send-message: hello  (points/hello, rules.yaml:20)

            mall.purchase
                1. points + 100, rounded half-up  (points/beauty, rules.yaml:13)
                     active: 2026-11-01.., sat sun, 10:00-22:00
                     group: points/offers, best
                     limit: every day, times 1
                2. points + event.paid / 10, rounded floor  (points/base, rules.yaml:9)
                     funding: mall:40,brand:60
                3. points x 2, rounded floor  (points/twice, rules.yaml:4)
                     when: member.tier == "gold"
                4. gives the tag big  (points/big, rules.yaml:8)
                     when: event.paid >= 500

            """,
            output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_graph_is_Mermaid_and_nothing_else()
    {
        await WriteAsync("""
            ruleset: points
            rules:
              base:
                on: mall.purchase
                when: event.store.category == "beauty" && event.paid >= 500
                earn: { amount: "1" }
            """);

        var (exit, output, errors) = await RunAsync("--graph");

        Assert.Equal(0, exit);
        Assert.Equal(
            """
            flowchart LR
              n0(["mall.purchase"])
              n1((" "))
              n2{{"event.store.category"}}
              n3((" "))
              n4["(event.paid #gt;= 500)"]
              n5>"points/base"]
              n0 --> n1
              n1 --> n2
              n2 -->|"beauty"| n3
              n3 --> n4
              n4 --> n5

            """,
            output);
        Assert.Contains("RULESET_WITHOUT_CASES", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_programme_is_told_and_not_drawn()
    {
        await WriteAsync("ruleset: points\nrules: { base: { on: mall.purchase } }");

        var (exit, output, errors) = await RunAsync("--graph", "--overview");

        Assert.Equal((2, ""), (exit, output));
        Assert.Contains("rules.yaml:2:10", errors, StringComparison.Ordinal);
    }

    private async Task<(int Exit, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var console = new ScriptConsole();
        var verb = CommandLine.Create(console, ConsoleText.Load("en"));
        var exit = await verb.Parse(["check", "--rules", _folder, .. arguments]).InvokeAsync();
        return (exit, console.Out.ToString()!.ReplaceLineEndings("\n"), console.Error.ToString()!);
    }

    private async Task WriteAsync(string rules)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "programme.yaml"), """
            timezone: Asia/Shanghai
            currency: CNY
            malls: { bay: {} }
            categories: [beauty]
            stores: { hall: beauty }
            wallets: { points: {} }
            tiers: { silver: {}, gold: { when: member.spent("365d") >= 1000 } }
            messages: { hello: Hello }
            """);
        await File.WriteAllTextAsync(Path.Combine(_folder, "rules.yaml"), rules);
    }
}
