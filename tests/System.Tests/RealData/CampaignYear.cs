using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using MallVip.Grains.Desk;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Tests.Runtime;
using MallVip.Rules.Commands;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Quantities;
using MallVip.Silo.Hosting;
using MallVip.Silo.Verify;
using MallVip.System.Tests.Engine;

namespace MallVip.System.Tests.RealData;

/// <summary>What the campaigns' year has led to.</summary>
/// <param name="Facts">Of members, by household.</param>
/// <param name="Odd">Sends that were not accepted, redemptions that found no coupon or were refused.</param>
/// <param name="Times">For people.</param>
internal sealed record CampaignYear(
    ILookup<string, Fact> Facts, IReadOnlyList<string> Odd, AuditResult Audit, string Times)
{
    public static async Task<CampaignYear> RunAsync()
    {
        var watch = Stopwatch.StartNew();
        using var folder = new DataFolder();
        await using var errors = new StringWriter();
        var programme = ProgrammeFolder.Load(CampaignProgramme.WriteTo(folder), errors);
        Assert.True(programme is not null, errors.ToString());
        var time = new ManualTime();
        CampaignDays days;
        await using (var engine = await folder.OpenAsync(programme, time))
        {
            days = new(engine, time);
            await days.LiveAsync();
        }

        var lived = watch.Elapsed;
        var facts = (
            from entry in await folder.ReadJournalAsync()
            where entry.Grain.Kind == GrainKind.Member
            let household = days.HouseholdOf(new(entry.Grain.Id))
            from fact in JournalJson.ReadBody(entry.Body.Span).Facts
            select (household, fact)).ToLookup(pair => pair.household, pair => pair.fact);
        var audit = await folder.AuditAsync();
        return new(facts, days.Odd, audit, string.Create(
            CultureInfo.InvariantCulture,
            $"The year took {lived.TotalSeconds:0.0} s, with reading and verifying it "
            + $"{watch.Elapsed.TotalSeconds:0.0} s."));
    }
}

/// <summary>
/// Day by day, on a clock that stands at noon: what was sent on a day is an event of each household, and what
/// was redeemed is redeemed.
/// </summary>
internal sealed class CampaignDays(LocalEngine engine, ManualTime time)
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
    private static readonly ParallelOptions AtOnce = new() { MaxDegreeOfParallelism = 64 };

    private readonly ConcurrentDictionary<string, MemberId> _members = new();
    private readonly ConcurrentQueue<string> _odd = new();

    public IReadOnlyList<string> Odd => [.. _odd];

    public string HouseholdOf(MemberId member) => _members.First(pair => pair.Value == member).Key;

    public async Task LiveAsync()
    {
        var sends = Campaigns.Sends.ToLookup(send => Campaigns.All[send.Campaign].From);
        var redemptions = Campaigns.Redemptions.ToLookup(redemption => redemption.Day);
        foreach (var day in sends.Concat<IGrouping<DateOnly, object>>(redemptions)
            .Select(group => group.Key).Distinct().Order())
        {
            var noon = day.ToDateTime(new(12, 0));
            time.Advance(TimeZoneInfo.ConvertTimeToUtc(noon, NewYork) - time.GetUtcNow().UtcDateTime);
            await EachAsync(sends[day], send => send.Household, SendAsync);
            await EachAsync(redemptions[day], redemption => redemption.Household, RedeemAsync);
        }
    }

    /// <summary>Households beside one another, what one does in its order.</summary>
    private static Task EachAsync<T>(IEnumerable<T> all, Func<T, string> household, Func<T, Task> act) =>
        Parallel.ForEachAsync(all.GroupBy(household), AtOnce, async (own, _) =>
        {
            foreach (var one in own)
                await act(one);
        });

    private async Task SendAsync(Send send)
    {
        if (!_members.ContainsKey(send.Household))
            await RegisterAsync(send.Household);
        var sent = Till.Event(
            $"{send.Campaign}-{send.Household}", "campaign.sent", Phone(send.Household), time.GetUtcNow(),
            $$"""{"campaign":"{{send.Campaign}}"}""");
        var answer = await engine.Intake.AcceptAsync(sent, new() { Actor = "marketing" }, default);
        if (answer.Status != EventStatus.Accepted || !answer.Outcome!.Warnings.IsEmpty)
            _odd.Enqueue($"{send}: {answer.Status} {answer.Refusal?.Detail}");
    }

    private async Task RedeemAsync(Redemption redemption)
    {
        var member = _members[redemption.Household];
        var view = await engine.Desk.ReadAsync(member, null, default);
        var coupon = (view!.Snapshot.State.Coupons?.Coupons ?? [])
            .FirstOrDefault(own => own.Template == redemption.Template);
        var receipt = $"row-{redemption.Row}";
        var answer = await engine.Desk.CommandAsync(
            member,
            new MemberCommand.RedeemCoupon(coupon.Number, CampaignProgramme.Store, receipt, new(1), []),
            Call(receipt), default);
        if (coupon.Number == 0 || answer.Refusal is not null)
            _odd.Enqueue($"{redemption}: {answer.Refusal?.Detail}");
    }

    private async Task RegisterAsync(string household)
    {
        var answer = await engine.Desk.RegisterAsync(
            new([Phone(household)], "kroger", ImmutableSortedDictionary<string, string>.Empty),
            Call("household-" + household), default);
        _members[household] = answer.Member!.Value;
    }

    /// <summary>Made from the household, in a range that is given to nobody.</summary>
    private static string Phone(string household) => $"phone:+1555{household.PadLeft(7, '0')}";

    private static DeskCall Call(string key) => new("till", key, Encoding.UTF8.GetBytes(key), DryRun: false);
}
