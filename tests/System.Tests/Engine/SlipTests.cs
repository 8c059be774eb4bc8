using System.Text;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Reports;
using MallVip.Grains.Slips;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Commands;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;
using Microsoft.Extensions.DependencyInjection;

namespace MallVip.System.Tests.Engine;

/// <summary>Slips handed in at the desk: once for all tills and operators, with a crash after every
/// step.</summary>
public sealed class SlipTests
{
    private static readonly Programme Desks = TestProgramme.Also(
        "desk-receipts: { per-day: 3, amount-per-day: 1000, oldest-days: 10, wait-days: 2, approve-above: 20 }");

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
        Assert.Equal(("ann+ben", "desk/ann"), (entry.Actor, (entry.Body.Command as MemberCommand.RecordEvent)?.Event.Source));
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
        var closed = await HandInAsync(host, member, "R1", 300);
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
        Assert.Equal((SlipStatus.Declined, "ben", "no"), (declined.Status, declined.DeclinedBy, declined.Because));
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

    /// <summary>Step and crash. Handing in: the day's book, the slip; before the step's entry is durable, and
    /// after.</summary>
    [Theory]
    [InlineData(0, false, 0)]
    [InlineData(0, true, 0)]
    [InlineData(1, false, 0)]
    [InlineData(1, true, 1)]
    public async Task A_crash_while_handing_in_leaves_no_slip_or_a_whole_one(int step, bool isWritten, int slips)
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        var mortal = new MortalJournal(journal);
        MemberId member;
        await using (var host = await StartAsync(mortal, time))
        {
            member = await host.RegisterAsync(1);
            mortal.DieAt(step, isWritten);
            await Record.ExceptionAsync(() => HandInAsync(host, member, "R1", 300, key: "one"));
        }

        await using var after = await StartAsync(journal, time);
        Assert.Equal(slips, (await Desk(after).ListAsync(null, null, null, null, 9)).Length);
        var repeat = Taken(await HandInAsync(after, member, "R1", 300, key: "one"));
        var listed = Assert.Single(await Desk(after).ListAsync(null, null, null, null, 9));
        await DecideAsync(after, repeat.Id, SlipVerb.Approve);

        Assert.Equal(repeat, listed);
        Assert.Equal(300, await after.BalanceAsync(member));
        Assert.Equal(2, (await Task.WhenAll(Enumerable.Range(2, 5).Select(
            i => HandInAsync(after, member, $"R{i}", 30)))).Count(answer => answer.View is not null));
        await after.AssertCleanAsync();
    }

    /// <summary>Step and crash. Approving: approved, recorded, noted; before the step's entry is durable, and
    /// after.</summary>
    [Theory]
    [InlineData(0, false, false)]
    [InlineData(0, true, true)]
    [InlineData(1, false, true)]
    [InlineData(1, true, true)]
    [InlineData(2, false, true)]
    [InlineData(2, true, true)]
    public async Task A_crash_while_approving_ends_with_one_purchase_or_a_slip_that_waits(
        int step, bool isWritten, bool isApproved)
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        var mortal = new MortalJournal(journal);
        MemberId member;
        string id;
        await using (var host = await StartAsync(mortal, time))
        {
            member = await host.RegisterAsync(1);
            id = Taken(await HandInAsync(host, member, "R1", 300)).Id;
            mortal.DieAt(step, isWritten);
            await Record.ExceptionAsync(() => DecideAsync(host, id, SlipVerb.Approve));
        }

        await using var after = await StartAsync(journal, time, background: true);
        if (isApproved)
            await EndsAsync(after, id, SlipStatus.Recorded);
        else
            Assert.Equal(SlipStatus.Waiting, (await Desk(after).ReadAsync(id))!.Status);
        Assert.Equal(isApproved ? 300 : 0, await after.BalanceAsync(member));
        var repeat = Taken(await DecideAsync(after, id, SlipVerb.Approve));

        Assert.Equal(SlipStatus.Recorded, repeat.Status);
        Assert.Equal(300, await after.BalanceAsync(member));
        Assert.Equal("receipt_known", (await BuyAsync(after, "R1", 1, 300)).Refusal?.Code);
        await after.AssertCleanAsync();
    }

    /// <summary>Step and crash. A small slip: the day's book, the slip, recorded, noted.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(3, true)]
    public async Task A_crash_while_a_small_slip_is_recorded_ends_with_one_purchase(int step, bool isWritten)
    {
        var (journal, time) = (new MemoryJournal(), new ManualTime());
        var mortal = new MortalJournal(journal);
        MemberId member;
        await using (var host = await StartAsync(mortal, time))
        {
            member = await host.RegisterAsync(1);
            mortal.DieAt(step, isWritten);
            await Record.ExceptionAsync(() => HandInAsync(host, member, "R1", 20));
        }

        await using var after = await StartAsync(journal, time, background: true);
        var id = Assert.Single(await Desk(after).ListAsync(null, null, null, null, 9)).Id;
        await EndsAsync(after, id, SlipStatus.Recorded);

        Assert.Equal(20, await after.BalanceAsync(member));
        await after.AssertCleanAsync();
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

    private static Task<EngineHost> StartAsync(bool background = false) =>
        StartAsync(new MemoryJournal(), new ManualTime(), background);

    private static Task<EngineHost> StartAsync(IJournal journal, ManualTime time, bool background = false) =>
        EngineHost.StartAsync(journal, time, background, Desks);

    private static SlipDesk Desk(EngineHost host) => host.Engine.Services.GetRequiredService<SlipDesk>();

    private static SlipView Taken(SlipResult result)
    {
        Assert.True(result.Refusal is null, result.Refusal?.Detail);
        return result.View!;
    }

    private static Task<SlipResult> HandInAsync(
        EngineHost host, MemberId member, string receipt, int paid, string by = "ann", string? key = null,
        string store = "noodles", DateTimeOffset? time = null, bool dryRun = false)
    {
        var sent = Till.Event(
            "slip", "mall.purchase", $"member:{member}", time ?? host.Now,
            $$"""{"store":"{{store}}","receipt":"{{receipt}}","paid":"{{paid}}"}""");
        var json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(sent).Replace(
            "\"till\"", $"\"{SlipSource.Of(by)}\"", StringComparison.Ordinal));
        var incoming = host.Engine.Services.GetRequiredService<EventReader>().Read(json, null, out var refusal);
        Assert.Null(refusal);
        var call = new Grains.Desk.DeskCall(by, key ?? $"{by}/{receipt}/{member}/{host.Now:O}", json, dryRun);
        return Desk(host).HandInAsync(member, incoming!, "photo-1", null, call).WaitAsync(EngineHost.Patience);
    }

    /// <summary>A till's purchase, of a receipt that is named as the slip names it.</summary>
    private static Task<EventAnswer> BuyAsync(EngineHost host, string receipt, int phone, int paid) =>
        host.SendAsync(Till.Purchase(
            $"till-{receipt}", Till.Phone(phone), paid, host.Now, receipt: receipt));

    private static Task<SlipResult> DecideAsync(
        EngineHost host, string id, SlipVerb verb, string by = "ben") =>
        Desk(host).DecideAsync(id, verb, "no", new(by, "", default, false)).WaitAsync(EngineHost.Patience);

    private static Task EndsAsync(EngineHost host, string id, SlipStatus status) =>
        Waiting.ForAsync(async () => (await Desk(host).ReadAsync(id))!.Status == status);
}
