using MallVip.Grains.Journal;
using MallVip.Rules.Commands;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using MallVip.System.Tests.Engine;

namespace MallVip.System.Tests.Simulation;

/// <summary>
/// What must have come of the answers, by arithmetic of its own: no rules, no fold. A purchase earns its yuan
/// in
/// <c>points</c>; at the beauty hall a tenth in <c>later</c> and a fifth in <c>debt</c> as well, elsewhere a
/// seventh in <c>slow</c>, which somebody has to confirm. Who gets how
/// much of the <c>gifts</c> depends on who came first; their sum does not.
/// </summary>
internal sealed partial class Model
{
    private const string Counted = "buys";

    private readonly Dictionary<string, SimulatedCall> _done = [];
    private readonly Dictionary<string, string> _outcomes = [];
    private readonly Dictionary<(int Phone, string Wallet), Sums> _sums = [];
    private readonly Dictionary<int, HashSet<int>> _persons = [];

    private readonly Dictionary<string, SimulatedCall.Event> _queued = [];

    /// <summary>Events in the inbox of which no outcome is known yet.</summary>
    public IReadOnlyCollection<SimulatedCall.Event> Queued => [.. _queued.Values];

    /// <summary>What went wrong, one sentence each.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Purchases that a member is known to have.</summary>
    public List<SimulatedCall.Purchase> Bought { get; } = [];

    /// <summary>Reviews that were opened, and with whose purchase.</summary>
    public List<(int Phone, string Review)> Reviews { get; } = [];

    /// <summary>Events that were accepted or kept, by id.</summary>
    public IEnumerable<SimulatedCall.Event> Events => _done.Values.OfType<SimulatedCall.Event>();

    /// <summary>Refunds that may have come before their purchase.</summary>
    public IEnumerable<SimulatedCall.Refund> Early =>
        _done.Values.OfType<SimulatedCall.Refund>().Where(refund => refund.Early);

    /// <summary>How often the programme was changed.</summary>
    public int Publishes => _done.Values.Count(call => call is SimulatedCall.Publish);

    /// <summary>Lamps that were ordered.</summary>
    public IEnumerable<SimulatedCall.Lamp> Lamps => _done.Values.OfType<SimulatedCall.Lamp>();

    /// <summary>How many were picked up, called off or brought back.</summary>
    public int LampSteps => _done.Values.Count(call => call is SimulatedCall.AtDesk
    {
        Command: MemberCommand.PickUpOrder or MemberCommand.CancelOrder or MemberCommand.ReturnOrder
    });

    /// <summary>How often two members became one.</summary>
    public int Merges => _done.Values.Count(call => call is SimulatedCall.Merge);

    /// <summary>Takes an answer to a call and compares it with those before.</summary>
    public void Hear(SimulatedCall call, SimulatedAnswer answer)
    {
        if (answer.Status == SimulatedStatus.Unknown)
            return;
        if (call is SimulatedCall.Forgery)
        {
            Expect(
                answer.Code is "event_id_reused", call,
                $"a forgery was answered {answer.Status} {answer.Code}");
            return;
        }

        switch (answer.Status)
        {
            case SimulatedStatus.Accepted:
            case SimulatedStatus.Unclaimed:
                Expect(!_done.ContainsKey(call.Id), call, $"{answer.Status} again");
                Post(call, answer);
                break;
            case SimulatedStatus.Duplicate:
                Repeat(call, answer);
                break;
            case SimulatedStatus.Queued:
                _queued[call.Id] = (SimulatedCall.Event)call;
                break;
            case SimulatedStatus.Rejected:
                Expect(!_done.ContainsKey(call.Id), call, $"rejected as {answer.Code} after it was accepted");
                Expect(IsAllowed(call, answer.Code!), call, $"rejected as {answer.Code}");
                break;
            default:
                break;
        }
    }

    /// <summary>Takes the outcome of an event that was queued, perhaps more than once.</summary>
    public void HearOutcome(SimulatedCall.Event call, SimulatedAnswer? outcome)
    {
        if (outcome?.Status == SimulatedStatus.Queued)
            return;
        _queued.Remove(call.Id);
        Expect(outcome is not null, call, "was queued and is not known");
        if (outcome is not null)
            Hear(call, _done.ContainsKey(call.Id) ? outcome with { Status = SimulatedStatus.Duplicate }
                : outcome);
    }

    /// <summary>Takes what an early refund and its purchase said in the end: one of them took all points of
    /// the purchase back, unless the refund was given up first or the purchase never came.</summary>
    public void HearEarly(
        SimulatedCall.Refund call, SimulatedAnswer? back, SimulatedAnswer? bought, bool isGivenUp)
    {
        var taken = 0L;
        foreach (var outcome in new[] { back?.Outcome, bought?.Outcome })
            foreach (var part in outcome?.Reversed ?? [])
            {
                SumsOf(call.Phone, part.Wallet).Reversed += part.Points.Value;
                taken += part.Wallet == "points"
                    ? part.Points.Value + part.Lapsed.Value + part.Shortfall.Value
                    : 0;
            }

        var wanted = bought?.Outcome is null || isGivenUp ? 0 : call.Of.Paid;
        SumsOf(call.Phone, Counted).Reversed += wanted > 0 ? 1 : 0;
        Expect(taken == wanted, call, $"took {taken} points back, should be {wanted}");
    }

    /// <summary>The phones of one person, as far as merges have told.</summary>
    public IReadOnlySet<int> PersonOf(int phone) => _persons.GetValueOrDefault(phone) ?? [phone];

    /// <summary>Compares the wallet of a phone's member with the sums of all phones of that person.</summary>
    public void Compare(int phone, WalletState wallet)
    {
        var name = $"phone {phone} {wallet.Wallet}";
        if (wallet.Wallet == "gifts")
            return;
        var sums = Sums.Of(PersonOf(phone).Select(of => SumsOf(of, wallet.Wallet)));
        var found = (wallet.Earned.Value, wallet.Spent.Value, wallet.Adjusted.Value, wallet.Reversed.Value,
            wallet.Transferred.Value);
        var wanted = (sums.Earned, sums.Spent, sums.Adjusted, sums.Reversed, sums.Transferred);
        if (found != wanted)
            Faults.Add(
                $"{name}: earned, spent, adjusted, reversed, transferred are {found}, should be {wanted}");
        var rest = sums.Earned - sums.Spent + sums.Adjusted - sums.Reversed + sums.Transferred
            - wallet.Expired.Value;
        if (wallet.Balance.Value + wallet.Pending.Value != rest)
            Faults.Add($"{name}: {wallet.Balance} and {wallet.Pending} pending, should be {rest}");
    }

    /// <summary>Compares what counts for an achievement with the purchases of all phones of a person, less
    /// those that are back.</summary>
    public void CompareCounted(int phone, decimal counted)
    {
        var sums = Sums.Of(PersonOf(phone).Select(of => SumsOf(of, Counted)));
        if (counted != sums.Earned - sums.Reversed)
            Faults.Add($"phone {phone}: {counted} purchases count, should be {sums.Earned - sums.Reversed}");
    }

    /// <summary>
    /// Compares the keys in the journal with the events that were accepted or kept: each stands there once.
    /// </summary>
    public void Compare(IReadOnlyDictionary<EventKey, int> written)
    {
        foreach (var call in Events)
        {
            var times = written.GetValueOrDefault(EventKey.ForEvent("till", call.Id));
            if (times != 1)
                Faults.Add($"{call.Id} stands in the journal {times} times");
        }
    }

    private void Repeat(SimulatedCall call, SimulatedAnswer answer)
    {
        // An accepted call whose answer was lost hears of it as a duplicate.
        if (!_done.ContainsKey(call.Id))
            Post(call, answer);
        else if (answer.Outcome is not null && _outcomes.TryGetValue(call.Id, out var first))
            Compare(call, first, Outcomes.Text(answer.Outcome));
    }

    private void Compare(SimulatedCall call, string first, string now) =>
        Expect(first == now, call, $"said {first}, now {now}");

    private void Post(SimulatedCall call, SimulatedAnswer answer)
    {
        _done.TryAdd(call.Id, call);
        if (answer.Outcome is not null)
            _outcomes.TryAdd(call.Id, Outcomes.Text(answer.Outcome));
        switch (call)
        {
            case SimulatedCall.Purchase bought:
                Post(bought, answer);
                break;
            case SimulatedCall.Refund { Early: false }:
                foreach (var back in answer.Outcome!.Reversed)
                    SumsOf(call.Phone, back.Wallet).Reversed += back.Points.Value;
                SumsOf(call.Phone, Counted).Reversed++;
                PostReturned((SimulatedCall.Refund)call, answer.Outcome);
                break;
            case SimulatedCall.AtDesk { Command: MemberCommand.Spend spend }:
                SumsOf(call.Phone, spend.Wallet).Spent += spend.Amount.Value;
                break;
            case SimulatedCall.AtDesk { Command: MemberCommand.CaptureHold capture }:
                foreach (var spent in answer.Outcome!.Spent)
                {
                    Expect(
                        capture.Amount is not { } asked || asked == spent.Points, call,
                        $"took {spent.Points}");
                    SumsOf(call.Phone, spent.Wallet).Spent += spent.Points.Value;
                }

                break;
            case SimulatedCall.AtDesk { Command: MemberCommand.PickUpOrder }:
                foreach (var spent in answer.Outcome!.Spent)
                    SumsOf(call.Phone, spent.Wallet).Spent += spent.Points.Value;
                break;
            case SimulatedCall.AtDesk { Command: MemberCommand.ReturnOrder }:
                SumsOf(call.Phone, "points").Adjusted += answer.Outcome!.Corrected.Value;
                break;
            case SimulatedCall.AtDesk atDesk when PostCoupon(atDesk, answer):
                break;
            case SimulatedCall.Gift gift:
                SumsOf(gift.Phone, "points").Transferred -= gift.Points;
                SumsOf(gift.To, "points").Transferred += gift.Points;
                break;
            case SimulatedCall.Merge merge:
                HashSet<int> person = [.. PersonOf(merge.Phone), .. PersonOf(merge.Into)];
                foreach (var phone in person)
                    _persons[phone] = person;
                break;
            case SimulatedCall.AtDesk { Command: MemberCommand.EndReview }:
                foreach (var back in answer.Outcome?.Reversed ?? [])
                    SumsOf(call.Phone, back.Wallet).Reversed += back.Points.Value;
                break;
            case SimulatedCall.AtDesk { Command: MemberCommand.Adjust adjust }:
                SumsOf(call.Phone, adjust.Wallet).Adjusted += adjust.Amount.Value;
                break;
            default:
                break;
        }
    }

    private void Post(SimulatedCall.Purchase call, SimulatedAnswer answer)
    {
        SumsOf(call.Phone, "points").Earned += call.Paid;
        SumsOf(call.Phone, Counted).Earned++;
        if (call.Store == "beauty-hall")
        {
            SumsOf(call.Phone, "later").Earned += call.Paid / 10;
            SumsOf(call.Phone, "debt").Earned += call.Paid / 5;
        }

        else
        {
            SumsOf(call.Phone, "slow").Earned += call.Paid / 7;
        }

        if (answer.Outcome is { } outcome)
        {
            Bought.Add(call);
            if (outcome.Review is { } review)
                Reviews.Add((call.Phone, review));
            PostRedeemed(call, outcome);
            var said = outcome.Lines.Where(line => line.Wallet == "points").Sum(line => line.Points.Value);
            Expect(said == call.Paid, call, $"{call.Paid} yuan earned {said} points");
        }
    }

    private static bool IsAllowed(SimulatedCall call, string code) => call switch
    {
        SimulatedCall.Publish => code is "unchanged",
        SimulatedCall.Lamp => code is "waits" or "sold_out" or "insufficient_points" or "nobody"
            or "unknown_member" or "member_blocked",
        SimulatedCall.AtDesk
        {
            Command: MemberCommand.PickUpOrder or MemberCommand.CancelOrder or MemberCommand.ReturnOrder
        } => code is "unknown_order" or "order_over" or "order_expired" or "order_not_picked_up"
            or "order_kept" or "insufficient_points" or "nobody" or "unknown_member" or "member_blocked",
        SimulatedCall.Gift => code is "insufficient_points" or "nobody" or "unknown_member"
            or "transfer_to_self" or "member_blocked" or "transfer_refused",
        SimulatedCall.Merge => code is "nobody" or "unknown_member" or "merge_with_self" or "merge_refused"
            or "member_blocked" or "merge_blocked" or "member_merged",
        SimulatedCall.Thing => code is "nobody" or "unknown_member" or "identity_taken" or "identity_not_held"
            or "too_many_holders",
        SimulatedCall.Order => code is "holders_differ",
        SimulatedCall.AtDesk { Command: MemberCommand.CaptureHold or MemberCommand.ReleaseHold } =>
            code is "unknown_hold" or "amount_out_of_range" or "insufficient_points" or "nobody"
                or "unknown_member" or "member_blocked",
        SimulatedCall.AtDesk
        {
            Command: MemberCommand.GrantCoupon or MemberCommand.RedeemCoupon or MemberCommand.ReturnCoupon
                or MemberCommand.VoidCoupon
        } => code is "unknown_coupon" or "coupon_expired" or "coupon_used" or "coupon_not_redeemed"
            or "coupon_reserved" or "nobody" or "unknown_member" or "member_blocked",
        SimulatedCall.AtDesk { Command: MemberCommand.ReserveCoupon or MemberCommand.ReleaseCoupon } =>
            code is "unknown_coupon" or "coupon_expired" or "coupon_used" or "coupon_reserved"
                or "coupon_not_reserved" or "invalid_hold" or "nobody" or "unknown_member"
                or "member_blocked",
        SimulatedCall.AtDesk
        {
            Command: MemberCommand.ConfirmPurchase or MemberCommand.ExtendPoints or MemberCommand.ExpirePoints
        } => code is "unknown_receipt" or "no_such_points" or "nobody" or "unknown_member",
        SimulatedCall.AtDesk { Command: MemberCommand.EndReview } =>
            // Who registers a member brings the events that were kept for it.
            code is "review_ended" or "own_review" or "nobody" or "unknown_member",
        SimulatedCall.AtDesk =>
            code is "insufficient_points" or "invalid_hold" or "nobody" or "unknown_member"
                or "member_blocked" or "tier_earned" or "invalid_tier_grant",
        SimulatedCall.Register or SimulatedCall.Join =>
            code is "identity_taken" or "already_enrolled" or "time_too_old",
        _ => code is "time_too_old" or "time_in_future",
    };

    private void Expect(bool holds, SimulatedCall call, string fault)
    {
        if (!holds)
            Faults.Add($"{call.Id} of phone {call.Phone}: {fault}");
    }

    private Sums SumsOf(int phone, string wallet)
    {
        if (!_sums.TryGetValue((phone, wallet), out var sums))
            _sums.Add((phone, wallet), sums = new());
        return sums;
    }

    private sealed class Sums
    {
        public long Earned { get; set; }

        public long Spent { get; set; }

        public long Adjusted { get; set; }

        public long Reversed { get; set; }

        public long Transferred { get; set; }

        public static Sums Of(IEnumerable<Sums> parts) => parts.Aggregate(new Sums(), (sum, part) => new()
        {
            Earned = sum.Earned + part.Earned,
            Spent = sum.Spent + part.Spent,
            Adjusted = sum.Adjusted + part.Adjusted,
            Reversed = sum.Reversed + part.Reversed,
            Transferred = sum.Transferred + part.Transferred,
        });
    }
}
