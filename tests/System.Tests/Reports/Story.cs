using System.Collections.Immutable;
using System.Globalization;
using MallVip.Grains.Desk;
using MallVip.Grains.Journal;
using MallVip.Grains.Reports;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Commands;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using MallVip.System.Tests.Engine;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Reports;

/// <summary>A small day on the 8th of November 2026 of which reports are made: every figure can be added up
/// by hand.</summary>
internal sealed class Story(EngineHost host) : IAsyncDisposable
{
    private const string Rules = """
        ruleset: test
        rules:
          base:
            on: mall.purchase
            earn: { wallet: points, amount: event.paid }
          brand:
            on: mall.purchase
            when: event.store.category == "beauty"
            earn: { wallet: points, amount: event.paid / 10 }
            funding: { brand: 60%, store: 40% }
        """;

    public EngineHost Host => host;

    /// <summary>All members but the one of the test key.</summary>
    public List<MemberId> Members { get; } = [];

    /// <param name="journal">Null: one in memory.</param>
    /// <param name="cost">What a point costs; null: the programme does not say.</param>
    public static async Task<Story> PlayAsync(IJournal? journal = null, string? cost = null)
    {
        var host = await EngineHost.StartAsync(
            journal ?? new MemoryJournal(), new ManualTime(),
            programme: cost is null ? TestProgramme.With(Rules) : TestProgramme.Costing(cost, Rules));
        var story = new Story(host);
        await story.PlayAsync();
        return story;
    }

    public Task<ReportTable> RunAsync(ReportOrder order) =>
        ReportReader.RunAsync(host.Store, order, default).WaitAsync(EngineHost.Patience);

    /// <summary>A report's rows, cells with blanks between; nothing is <c>-</c>.</summary>
    public async Task<string[]> LinesAsync(ReportOrder order, params string[] columns)
    {
        var table = await RunAsync(order);
        var picked = columns.Length == 0 ? [.. table.Columns] : columns;
        var cells = picked.Select(column => table.Column(column).Select(Text).ToArray()).ToArray();
        return [.. Enumerable.Range(0, table.Rows.Count)
            .Select(row => string.Join(' ', cells.Select(column => column[row])))];
    }

    /// <summary>What all members together hold of a wallet, pending points included.</summary>
    public async Task<long> HeldAsync(string wallet)
    {
        var held = 0L;
        foreach (var member in Members)
            if ((await host.ReadAsync(member)).FindWallet(wallet) is { } found)
                held += found.Balance.Value + found.Pending.Value;
        return held;
    }

    /// <summary>What a report's column adds up to in a wallet's rows.</summary>
    public async Task<long> SumAsync(ReportOrder order, string column, string wallet)
    {
        var table = await RunAsync(order);
        return table.Column(column).Zip(table.Column("wallet"))
            .Where(cell => (string?)cell.Second == wallet).Sum(cell => (long)cell.First!);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private async Task PlayAsync()
    {
        Members.Add(await host.RegisterAsync(1));
        Members.Add(await host.RegisterAsync(2));
        await BuyAsync(1, "B1", "beauty-hall", 200);
        await BuyAsync(1, "N1", "noodles", 100, used: 40);
        await BackAsync(1, "b1", "noodles", "N1", 25);
        await BackAsync(1, "b2", "beauty-hall", "B1", 50);
        await DoAsync(new MemberCommand.Spend("points", new(30), "gift"));
        await DoAsync(new MemberCommand.Adjust("points", new(7), "sorry", null));
        var gift = await host.Engine.Services.GetRequiredService<TransferDesk>()
            .TransferAsync(Members[0], Members[1], "points", new(20), null, host.Call(), default);
        Assert.Null(gift.Refusal);
        await BuyAsync(2, "N2", "noodles", 50);
        await BuyAsync(2, "N3", "noodles", 10);
        await BackAsync(2, "b3", "noodles", "X1", 5);
        await BuyAsync(9, "U1", "noodles", 77);
        await TestAsync();
    }

    /// <summary>A member that a test key registers, and who buys: no report knows of it.</summary>
    private async Task TestAsync()
    {
        var call = host.Call() with { Actor = "test:key" };
        var registered = await host.Engine.Desk.RegisterAsync(
            new([Till.Phone(3)], "bay", ImmutableSortedDictionary<string, string>.Empty), call, default);
        Assert.Null(registered.Refusal);
        var bought = await host.Engine.Intake.AcceptAsync(
            Till.Purchase("T1", Till.Phone(3), 1_000, host.Now), new() { Actor = "test:key" }, default);
        Assert.Null(bought.Refusal);
    }

    private async Task BuyAsync(int phone, string receipt, string store, int paid, int used = 0)
    {
        var json = Till.Event(
            receipt, "mall.purchase", Till.Phone(phone), host.Now,
            $$"""{"receipt":"{{receipt}}","store":"{{store}}","paid":"{{paid}}.00","pointsUsed":{{used}}}""");
        Assert.Null((await host.SendAsync(json)).Refusal);
    }

    private async Task BackAsync(int phone, string id, string store, string receipt, int paid) =>
        Assert.Null((await host.SendAsync(
            Till.Refund(id, Till.Phone(phone), paid, host.Now, store, receipt))).Refusal);

    private async Task DoAsync(MemberCommand command) =>
        Assert.Null((await host.CommandAsync(Members[0], command)).Refusal);

    private static string Text(object? cell) => cell switch
    {
        null or "" => "-",
        decimal amount => amount.ToString("0.##", CultureInfo.InvariantCulture),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture)!,
    };
}
