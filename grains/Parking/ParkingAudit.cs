using System.Collections.Immutable;
using MallVip.Grains.Journal;
using MallVip.Rules.Facts;
using MallVip.Rules.Parking;

namespace MallVip.Grains.Parking;

/// <summary>
/// Compares car parks with members' entries: each visit ends once, each payment that counts was used by its
/// member exactly so, and nobody used time that no payment has. Entries are visited in the journal's order.
/// </summary>
public sealed class ParkingAudit
{
    private readonly Dictionary<UInt128, HashSet<long>> _open = [];
    private readonly Dictionary<UInt128, long> _last = [];
    private readonly Dictionary<string, VisitPayment> _begun = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Used> _used =
        new(StringComparer.Ordinal);
    private readonly HashSet<string> _outside = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];

    /// <summary>One sentence each.</summary>
    public IReadOnlyList<string> Problems =>
        [.. _problems, .. _used.Keys.Where(id => !_begun.ContainsKey(id)).Select(
            id => $"payment {id}: use_without_payment: a member used time for it.")];

    /// <param name="entry">Of a car park.</param>
    /// <exception cref="JournalDamagedException">It cannot be read.</exception>
    public void Visit(JournalEntry entry)
    {
        foreach (var fact in CarParkBody.Parse(entry.Body).Facts)
            if (Check(entry.Grain.Id, fact) is { } problem)
                _problems.Add($"{entry.Grain} {entry.Seq}: {problem}");
    }

    /// <param name="facts">Of one entry of a member.</param>
    public void VisitMember(ImmutableArray<Fact> facts)
    {
        foreach (var fact in facts)
            if (fact is Fact.ParkingUsed used)
                _used[used.Payment] = new(
                    used.Uses, facts.OfType<Fact.SpentPoints>().Sum(one => one.Amount.Value),
                    facts.OfType<Fact.CouponRedeemed>().Count(one => one.Receipt == used.Payment));
    }

    private string? Check(UInt128 lot, CarParkFact fact) => fact switch
    {
        CarParkFact.Entered entered => Enter(lot, entered.Visit),
        CarParkFact.Left left when !OpenOf(lot).Remove(left.Visit) =>
            $"visit_not_open: {left.Visit} has left.",
        CarParkFact.Left left when left.Due < 0 || left.Due > left.Fee =>
            $"visit_due: {left.Visit} owes {left.Due} of {left.Fee}.",
        CarParkFact.PaymentStarted started => Begin(started.Payment),
        CarParkFact.Paid paid => End(paid.Payment),
        CarParkFact.PaymentRefused refused when !_begun.Remove(refused.Payment) =>
            $"payment_unknown: {refused.Payment} has not begun.",
        _ => null,
    };

    private string? Enter(UInt128 lot, long visit)
    {
        var expected = _last.GetValueOrDefault(lot) + 1;
        _last[lot] = visit;
        OpenOf(lot).Add(visit);
        return visit == expected ? null : $"visit_number: {visit} in the place of {expected}.";
    }

    private string? Begin(VisitPayment payment)
    {
        _begun[payment.Id] = payment;
        return null;
    }

    private string? End(string id)
    {
        if (!_begun.Remove(id, out var payment))
            return $"payment_unknown: {id} has not begun.";
        if (payment.Outside is { } outside && !_outside.Add(outside))
            return $"payment_twice: {id} is of money that counted before.";
        if (payment.Member is null)
            return null;
        return _used.Remove(id, out var used) && used.Uses.SequenceEqual(payment.Uses)
            && used.Points == payment.Points.Value
            && used.Coupons == payment.Uses.Count(use => use.Coupon > 0)
            ? null : $"payment_without_use: its member has not used what {id} says.";
    }

    /// <param name="Coupons">How many were redeemed for it.</param>
    private sealed record Used(ImmutableArray<ParkingUse> Uses, long Points, int Coupons);

    private HashSet<long> OpenOf(UInt128 lot) =>
        _open.TryGetValue(lot, out var open) ? open : _open[lot] = [];
}
