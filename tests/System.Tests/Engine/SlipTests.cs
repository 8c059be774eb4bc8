using System.Text;
using MallVip.Grains.Desk;
using MallVip.Grains.Journal;
using MallVip.Grains.Reports;
using MallVip.Grains.Slips;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Commands;
using MallVip.Rules.Events;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.DependencyInjection;
using static MallVip.System.Tests.Engine.SlipBed;

namespace MallVip.System.Tests.Engine;

/// <summary>Slips handed in at the desk: one purchase for all tills and operators.</summary>
public sealed class SlipTests
{
    [Fact]
    public async Task A_slip_waits_for_another_operator_and_then_is_a_purchase_like_any_other()
    {
        await using var host = await StartAsync();
        var member = await host.RegisterAsync(1);

        var waits = Taken(await HandInAsync(host, member, "R1", 300));
        var own = await DecideAsync(host, waits.Id, SlipVerb.Approve, by: "ann");
        Assert.Equal(0, await host.BalanceAsync(member));
        var recorded = Taken(await DecideAsync(host, waits.Id, SlipVerb.Approve));
        var again = Taken(await DecideAsync(host, waits.Id, SlipVerb.Approve));
        var third = await DecideAsync(host, waits.Id, SlipVerb.Approve, by: "cyd");

        Assert.Equal(SlipStatus.Waiting, waits.Status);
        Assert.Equal(("second_operator", "receipt_settled"), (own.Refusal?.Code, third.Refusal?.Code));
        Assert.Equal((SlipStatus.Recorded, "ben"), (recorded.Status, recorded.ApprovedBy));
        Assert.Equal(recorded, again);
        Assert.Equal(300, await host.BalanceAsync(member));
        var entry = Assert.Single(await host.HistoryAsync(member), entry => entry.Seq == recorded.Entry);
        var happened = Assert.IsType<MemberCommand.RecordEvent>(entry.Body.Command).Event;
        Assert.Equal(("ann+ben", "desk/ann"), (entry.Actor, happened.Source));
        await host.SendAsync(Till.Event(
            "back", "mall.refund", Till.Phone(1), host.Now,
            """{"refund":"B1","store":"noodles","receipt":"R1","paid":"100"}"""));
        Assert.Equal(200, await host.BalanceAsync(member));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task What_any_till_has_sent_is_not_handed_in_and_what_is_recorded_no_till_sends()
    {
        await using var host = await StartAsync();
        var (member, other) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        await BuyAsync(host, "T1", 2, 50);
        await BuyAsync(host, "T2", 3, 50);

        var known = await HandInAsync(host, member, "T1", 50);
        var kept = await HandInAsync(host, member, "T2", 50);
        var waits = Taken(await HandInAsync(host, member, "R1", 60));
        var beside = await HandInAsync(host, other, "R1", 60, by: "ben");
        await DecideAsync(host, waits.Id, SlipVerb.Approve);
        var twice = await HandInAsync(host, other, "R1", 60, by: "ben");
        var till = await BuyAsync(host, "R1", 1, 60);

        Assert.Equal(("receipt_known", "receipt_known"), (known.Refusal?.Code, kept.Refusal?.Code));
        Assert.Equal(("receipt_waits", "receipt_known"), (beside.Refusal?.Code, twice.Refusal?.Code));
        Assert.Equal("receipt_known", till.Refusal?.Code);
        Assert.Equal((60, 50), (await host.BalanceAsync(member), await host.BalanceAsync(other)));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_till_that_sends_the_receipt_while_the_slip_waits_is_first()
    {
        await using var host = await StartAsync();
        var member = await host.RegisterAsync(1);
        var waits = Taken(await HandInAsync(host, member, "R1", 300));

        await BuyAsync(host, "R1", 1, 300);
        var ended = Taken(await DecideAsync(host, waits.Id, SlipVerb.Approve));

        Assert.Equal((SlipStatus.Duplicate, "receipt_known"), (ended.Status, ended.Code));
        Assert.Equal(300, await host.BalanceAsync(member));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_slip_of_a_member_who_was_closed_says_why_and_another_members_may_follow()
    {
        await using var host = await StartAsync();
        var (member, other) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        var waits = Taken(await HandInAsync(host, member, "R1", 300));
        await host.CommandAsync(member, new MemberCommand.SetStatus(MemberStatus.Closed, "moved"));

        var ended = Taken(await DecideAsync(host, waits.Id, SlipVerb.Approve));
        var closed = await HandInAsync(host, member, "R1", 300, key: "again");
        var next = Taken(await HandInAsync(host, other, "R1", 300));
        var wrong = await DecideAsync(host, waits.Id, SlipVerb.Decline);
        await DecideAsync(host, next.Id, SlipVerb.Approve);

        Assert.Equal((SlipStatus.Refused, "member_blocked"), (ended.Status, ended.Code));
        Assert.Equal("member_blocked", closed.Refusal?.Code);
        Assert.Equal("receipt_settled", wrong.Refusal?.Code);
        Assert.Equal(300, await host.BalanceAsync(other));
        Assert.Equal(SlipStatus.Refused, (await Desk(host).ReadAsync(waits.Id))?.Status);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task A_small_slip_counts_at_once_and_a_repeat_of_it_is_the_same_slip()
    {
        await using var host = await StartAsync();
        var member = await host.RegisterAsync(1);

        var small = Taken(await HandInAsync(host, member, "R1", 20, key: "one"));
        var again = Taken(await HandInAsync(host, member, "R1", 20, key: "one"));
        var reused = await HandInAsync(host, member, "R1", 19, key: "one");
        var elsewhere = await HandInAsync(host, member, "R2", 20, key: "one");
        var tried = Taken(await HandInAsync(host, member, "R3", 21, dryRun: true));

        Assert.Equal((SlipStatus.Recorded, "ann"), (small.Status, small.ApprovedBy));
        Assert.Equal(small, again);
        Assert.Equal(
            ("idempotency_key_reused", "idempotency_key_reused"),
            (reused.Refusal?.Code, elsewhere.Refusal?.Code));
        Assert.Equal(SlipStatus.Waiting, tried.Status);
        Assert.Null(await Desk(host).ReadAsync(tried.Id));
        Assert.Equal(20, await host.BalanceAsync(member));
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Slips_handed_in_at_once_do_not_slip_past_the_limit_and_the_next_day_has_its_own()
    {
        await using var host = await StartAsync();
        var member = await host.RegisterAsync(1);

        var many = await Task.WhenAll(Enumerable.Range(0, 12).Select(
            i => HandInAsync(host, member, $"R{i}", 100, key: $"k{i}")));
        var other = await HandInAsync(host, member, "B1", 1_001, by: "ben");
        host.Time.Advance(TimeSpan.FromDays(1));
        var next = await HandInAsync(host, member, "R20", 1_000);
        var more = await HandInAsync(host, member, "R21", 21);

        Assert.Equal(3, many.Count(answer => answer.View is not null));
        Assert.All(
            many.Where(answer => answer.View is null),
            answer => Assert.Equal("desk_limit", answer.Refusal?.Code));
        Assert.Equal("desk_limit", other.Refusal?.Code);
        Assert.Equal(SlipStatus.Waiting, next.View?.Status);
        Assert.Equal("desk_limit", more.Refusal?.Code);
        Assert.Equal(4, (await Desk(host).ListAsync(null, null, SlipStatus.Waiting, null, 100)).Length);
    }

    [Fact]
    public async Task What_nobody_decides_is_declined_and_may_be_handed_in_again()
    {
        await using var host = await StartAsync(background: true);
        var member = await host.RegisterAsync(1);
        var waits = Taken(await HandInAsync(host, member, "R1", 300));

        host.Time.Advance(TimeSpan.FromDays(2));
        var late = await DecideAsync(host, waits.Id, SlipVerb.Approve);
        await EndsAsync(host, waits.Id, SlipStatus.Declined);
        var next = Taken(await HandInAsync(host, member, "R1", 300));
        var declined = Taken(await DecideAsync(host, next.Id, SlipVerb.Decline));

        Assert.Equal("receipt_settled", late.Refusal?.Code);
        Assert.Equal("clock", (await Desk(host).ReadAsync(waits.Id))!.DeclinedBy);
        Assert.NotEqual(waits.Id, next.Id);
        Assert.Equal(
            (SlipStatus.Declined, "ben", "no"), (declined.Status, declined.DeclinedBy, declined.Because));
        Assert.Equal(0, await host.BalanceAsync(member));
    }

    [Theory]
    [InlineData("noodles", -11, "receipt_too_old")]
    [InlineData("noodles", 1, "time_in_future")]
    [InlineData("nowhere", 0, "unknown_store")]
    public async Task What_no_slip_may_be_is_refused_by_name(string store, int days, string code)
    {
        await using var host = await StartAsync();
        var member = await host.RegisterAsync(1);

        var refused = await HandInAsync(host, member, "R1", 30, store: store, time: host.Now.AddDays(days));
        var oldest = await HandInAsync(host, member, "R2", 30, time: host.Now.AddDays(-10));

        Assert.Equal(code, refused.Refusal?.Code);
        Assert.Equal(SlipStatus.Waiting, oldest.View?.Status);
    }

    [Fact]
    public async Task A_programme_that_says_nothing_of_slips_takes_none()
    {
        await using var host = await EngineHost.StartAsync();
        var member = await host.RegisterAsync(1);

        Assert.Equal("desk_receipts_off", (await HandInAsync(host, member, "R1", 30)).Refusal?.Code);
    }

    [Fact]
    public async Task The_days_close_tells_a_slip_that_the_tills_file_lacks_from_a_receipt_too_many()
    {
        await using var host = await StartAsync();
        var member = await host.RegisterAsync(1);
        await HandInAsync(host, member, "D1", 10);
        await HandInAsync(host, member, "D2", 20);
        await BuyAsync(host, "X1", 1, 30);
        var day = ZoneTime.Day(host.Now, host.Programme.Zone);
        var order = new ReportOrder
        {
            Name = ReportCatalog.DayClose,
            Store = "noodles",
            From = day,
            To = day,
            Till = [new("D2", null, 20)],
        };

        var table = await ReportReader.RunAsync(host.Store, order, default);

        Assert.Equal(
            [("desk", "D1"), ("extra", "X1")],
            table.Rows.Skip(2).Select(row => ((string)row[0]!, (string)row[1]!)));
    }

    [Fact]
    public async Task A_slip_of_a_member_who_became_a_part_of_another_is_the_others_purchase()
    {
        await using var host = await StartAsync();
        var (member, into) = (await host.RegisterAsync(1), await host.RegisterAsync(2));
        var waits = Taken(await HandInAsync(host, member, "R1", 300));
        var merges = host.Engine.Services.GetRequiredService<MergeDesk>();
        Assert.Null((await merges.MergeAsync(member, into, "one person", host.Call(), default)).Refusal);

        var recorded = Taken(await DecideAsync(host, waits.Id, SlipVerb.Approve));

        Assert.Equal((SlipStatus.Recorded, into), (recorded.Status, recorded.Member));
        Assert.Equal(300, await host.BalanceAsync(into));
        Assert.Equal("receipt_known", (await BuyAsync(host, "R1", 1, 300)).Refusal?.Code);
        await host.AssertCleanAsync();
    }

    [Fact]
    public async Task Two_who_approve_at_once_record_it_once()
    {
        await using var host = await StartAsync();
        var member = await host.RegisterAsync(1);
        var waits = Taken(await HandInAsync(host, member, "R1", 300));

        var answers = await Task.WhenAll(
            DecideAsync(host, waits.Id, SlipVerb.Approve), BuyAgainstAsync(host, waits),
            DecideAsync(host, waits.Id, SlipVerb.Approve, by: "cyd"),
            DecideAsync(host, waits.Id, SlipVerb.Decline, by: "dee"));

        Assert.Equal(2, answers.Count(answer => answer.Refusal?.Code == "receipt_settled"));
        Assert.Equal(300, await host.BalanceAsync(member));
        await host.AssertCleanAsync();
    }

    /// <summary>A till sends the receipt at the same moment.</summary>
    private static async Task<SlipResult> BuyAgainstAsync(EngineHost host, SlipView slip)
    {
        await BuyAsync(host, ReceiptOf(slip), 1, 300);
        return new(slip, null);
    }

    [Fact]
    public async Task The_queue_is_read_page_by_page_and_by_store()
    {
        await using var host = await StartAsync();
        var member = await host.RegisterAsync(1);
        foreach (var receipt in (string[])["R1", "R2", "R3"])
            await HandInAsync(host, member, receipt, 100);
        host.Time.Advance(TimeSpan.FromDays(1));
        await HandInAsync(host, member, "R4", 100, store: "beauty-hall");

        var first = await Desk(host).ListAsync(null, null, null, null, 2);
        var second = await Desk(host).ListAsync(null, null, null, first[1].Id, 2);
        var last = await Desk(host).ListAsync(null, null, null, second[1].Id, 2);
        var store = await Desk(host).ListAsync(null, "beauty-hall", SlipStatus.Waiting, null, 9);
        var day = await Desk(host).ListAsync(first[1].Day, null, null, null, 9);

        Assert.Equal(["R4", "R3", "R2", "R1"], first.Concat(second).Select(ReceiptOf));
        Assert.Empty(last);
        Assert.Equal("R4", ReceiptOf(Assert.Single(store)));
        Assert.Equal(["R3", "R2", "R1"], day.Select(ReceiptOf));
    }

    [Fact]
    public async Task The_auditor_finds_a_slip_without_its_purchase_and_a_purchase_that_nobody_approved()
    {
        await using var host = await StartAsync();
        var member = await host.RegisterAsync(1);
        await HandInAsync(host, member, "R1", 20);
        var waits = Taken(await HandInAsync(host, member, "R2", 300));
        var lone = new SlipAudit();
        foreach (var entry in (await host.Store.TailAsync(TailPosition.Start, 100)).Entries)
            if (entry.Grain.Kind == GrainKind.Slip)
                lone.Visit(entry);

        var forged = Encoding.UTF8.GetString(Till.Purchase(waits.Id, Till.Phone(1), 7, host.Now))
            .Replace("\"till\"", "\"desk/ann\"", StringComparison.Ordinal);
        await host.SendAsync(Encoding.UTF8.GetBytes(forged));
        var ended = Taken(await DecideAsync(host, waits.Id, SlipVerb.Approve));
        var audit = await host.AuditAsync();

        Assert.Contains("slip_without_purchase", Assert.Single(lone.Problems), StringComparison.Ordinal);
        Assert.Equal((SlipStatus.Refused, "event_id_reused"), (ended.Status, ended.Code));
        Assert.Contains(
            "purchase_without_approval", Assert.Single(audit.LedgerProblems), StringComparison.Ordinal);
    }

    private static string ReceiptOf(SlipView view) => ((PurchaseData)view.Event.Data).Receipt;
}
