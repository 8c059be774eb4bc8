using System.Globalization;
using System.Text.Json;
using MallVip.Grains.Budgets;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Journal;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.System.Tests.Crash;
using MallVip.System.Tests.Engine;
using MallVip.System.Tests.Postgres;
using Xunit.Abstractions;

namespace MallVip.System.Tests.Cluster;

/// <summary>Silos in processes of their own spend one budget: towards its end each calls back what the others
/// hold of it.</summary>
public sealed class BudgetRecallTests(ITestOutputHelper output)
{
    /// <summary>About a thousand purchases spend it.</summary>
    private const long Total = 50_003;

    /// <summary>A silo ends a lease by itself when it has not longer to go than this.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(6);

    private const string Programme = """
        timezone: Asia/Shanghai
        currency: CNY
        malls: { bay: { name: Bay Mall } }
        categories: [fashion]
        stores: { bay-coat: { category: fashion, mall: bay } }
        wallets: { points: {} }
        """;

    private static readonly string Rules = string.Create(CultureInfo.InvariantCulture, $$"""
        ruleset: t
        rules:
          gift:
            on: mall.purchase
            earn: { amount: event.paid }
            budget: { total: {{Total}}, on-short: partial }
        """);

    [SiloFact]
    public async Task A_budget_is_spent_by_three_silos_to_its_last_point_and_never_over()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder.File("programme.yaml"), Programme);
        await File.WriteAllTextAsync(folder.File("rules.yaml"), Rules);
        await using var cluster = await ClusterProcesses.StartAsync(3, folder.Path);
        var load = new ClusterLoad([.. cluster.Silos]);
        await load.StartAsync();

        await Waiting.PatientlyAsync(async () => await LeftAsync(cluster.Silos[0]) == 0);
        await load.MoreAsync(100);
        await load.EndAsync();

        await cluster.StopAsync();
        await ClusterFigures.JudgeAsync(load, cluster.Connection, output);
        var (used, recalls) = await ReadAsync(cluster.Connection);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{used:N0} of {Total:N0} used; {recalls} leases called back"));
        Assert.Equal(Total, used);
        Assert.InRange(recalls, 1, int.MaxValue);
    }

    private static async Task<long> LeftAsync(SiloProcess silo)
    {
        using var body = JsonDocument.Parse(await silo.Http.GetStringAsync("/v1/programme/budgets"));
        var budget = body.RootElement.GetProperty("budgets")[0];
        Assert.InRange(budget.GetProperty("used").GetInt64(), 0, Total);
        return Total - budget.GetProperty("used").GetInt64();
    }

    /// <summary>What members' entries used, and how many leases were called back.</summary>
    private static async Task<(long Used, int Recalls)> ReadAsync(string connection)
    {
        await using var journal = await PostgresJournalReader.OpenAsync(
            new() { ConnectionString = connection });
        var budget = new List<JournalEntry>();
        var used = 0L;
        var after = TailPosition.Start;
        while (await journal.TailAsync(after, 1_000) is { Entries.Count: > 0 } page)
        {
            budget.AddRange(page.Entries.Where(entry => entry.Kind == BudgetGrain.EntryKind));
            used += page.Entries.Where(entry => entry.Grain.Kind == GrainKind.Member)
                .SelectMany(entry => JournalJson.ReadBody(entry.Body.Span).Facts.OfType<Fact.BudgetUsed>())
                .Sum(fact => fact.Amount.Value);
            after = page.Next;
        }

        return (used, Recalls(budget));
    }

    /// <summary>Leases that ended young, for another silo, while there was something left to lend: by nothing
    /// but a recall.</summary>
    private static int Recalls(List<JournalEntry> budget)
    {
        var (leases, ended, recalls) = (new Dictionary<long, BudgetFact.Leased>(), 0, 0);
        foreach (var entry in budget.OrderBy(entry => entry.Seq))
        {
            var facts = BudgetBody.Parse(entry.Body).Facts;
            var lent = facts.OfType<BudgetFact.Leased>().SingleOrDefault();
            ended += facts.OfType<BudgetFact.Closed>().Select(closed => leases[closed.Lease])
                .Count(lease => lease.Holder != lent?.Holder && entry.At < lease.Until - Young);
            if (lent is null)
                continue;
            leases.Add(entry.Seq, lent);
            recalls = ended;
        }

        return recalls;
    }
}
