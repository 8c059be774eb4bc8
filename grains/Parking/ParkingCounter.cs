using System.Globalization;
using MallVip.Grains.Coupons;
using MallVip.Grains.Desk;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Grains.Programmes;
using MallVip.Rules.Identities;
using MallVip.Rules.Members;
using MallVip.Rules.Parking;
using MallVip.Rules.Programmes;

namespace MallVip.Grains.Parking;

/// <summary>The way to car parks for pay stations, exit gates and operators.</summary>
public sealed class ParkingCounter(
    IGrainFactory grains, EventRouter router, ProgrammeHost programmes, Pseudonym pseudonym, KeyIndex keys,
    CouponCodes codes, TimeProvider time)
{
    /// <summary>How long a quote may be paid by.</summary>
    public static readonly TimeSpan QuoteLasts = TimeSpan.FromMinutes(5);

    private const int Tries = 4;

    /// <summary>The lots with a tariff, by their codes.</summary>
    public IReadOnlyList<ParkingLot> Lots =>
        [.. programmes.Shown.ParkingLots.Values.Where(lot => lot.Tariff is not null)
            .OrderBy(lot => lot.Id, StringComparer.Ordinal)];

    /// <summary>Null: there is no such lot, or it has no tariff.</summary>
    public ParkingLot? FindLot(string lot) =>
        programmes.Shown.ParkingLots.GetValueOrDefault(lot) is { Tariff: not null } found ? found : null;

    public Task<CarParkView> ReadAsync(ParkingLot lot) => Retry.OnFailedAppend(Park(lot.Id).Read);

    /// <summary>What a visit costs at an instant, and what paying then would use.</summary>
    /// <param name="points">The most points to use.</param>
    /// <param name="at">Null: now. A visit that has ended costs what it cost then.</param>
    /// <param name="coupon">The number or the code of a coupon of the member; null: none.</param>
    public async Task<ParkingQuote> QuoteAsync(
        ParkingLot lot, string plate, long points, DateTimeOffset? at, string? coupon = null)
    {
        if (!IdentityText.TryParse($"plate:{plate}", out var identity, out var problem))
            return new(Refusals.InvalidIdentity("plate", problem));
        var handle = router.ToRef(identity);
        var visit = await Retry.OnFailedAppend(() => Park(lot.Id).Find(handle.Handle));
        return visit is null ? new(Refusals.VisitNotFound)
            : await QuoteAsync(
                lot, visit, handle, new(points, 0, visit.GrantLeft), coupon, at ?? time.GetUtcNow());
    }

    /// <summary>Pays by a quote: uses what it names, for money that was paid elsewhere.</summary>
    /// <param name="outside">The payment's id there; null: nothing was paid in money.</param>
    /// <param name="amount">What was paid there.</param>
    /// <param name="at">Of the quote; null: now.</param>
    /// <param name="coupon">As for a quote.</param>
    public async Task<ParkingQuote> PayAsync(
        ParkingLot lot, string plate, long points, string? outside, decimal amount, DateTimeOffset? at,
        DeskCall call, string? coupon = null)
    {
        var key = EventKey.ForCommand(call.Actor, call.Key);
        var content = pseudonym.ContentHash(call.Content.Span);
        if ((await keys.FindAsync(key)).Kind == KeyClaimKind.Written)
            return await AgainAsync(lot, key, content, call);
        var now = time.GetUtcNow();
        if (at > now + QuoteLasts || at < now - QuoteLasts)
            return new(Refusals.QuoteOld);
        for (var attempt = 1; ; attempt++)
        {
            var quote = await QuoteAsync(lot, plate, points, at ?? now, coupon);
            if (quote.Refusal is not null)
                return quote;
            if (quote.Plan!.Due != amount || (outside is null && amount > 0))
                return new(Refusals.AmountDiffers(quote.Plan.Due));
            if (call.DryRun)
                return quote;
            var answer = await PayAsync(lot, quote, outside, key, content, call);
            if (answer.Status != ParkingStatus.Changed || attempt == Tries)
                return quote with { Visit = answer.Visit ?? quote.Visit, Refusal = RefusalOf(answer) };
        }
    }

    /// <summary>What an operator does to a visit: free minutes, or another plate.</summary>
    /// <param name="to">The plate that it moves to; null: it stays.</param>
    public async Task<ParkingQuote> ChangeAsync(
        ParkingLot lot, long visit, int minutes, string? to, string reason, DeskCall call)
    {
        var plate = default(IdentityText);
        if (to is not null && !IdentityText.TryParse($"plate:{to}", out plate, out var problem))
            return new(Refusals.InvalidIdentity("to", problem));
        var handle = to is null ? null : router.ToRef(plate!);
        var order = new VisitOrder(
            lot.Id, visit, minutes, handle?.Handle, reason, EventKey.ForCommand(call.Actor, call.Key),
            pseudonym.ContentHash(call.Content.Span), call.Actor, []);
        var answer = await Retry.OnFailedAppend(() => Park(lot.Id).Change(order));
        return new(RefusalOf(answer)) { Visit = answer.Visit };
    }

    private async Task<ParkingQuote> QuoteAsync(
        ParkingLot lot, ParkingVisit visit, IdentityRef plate, ParkingWish wish, string? coupon,
        DateTimeOffset at)
    {
        var member = (await router.HoldersAsync(plate)).Members.FirstOrDefault();
        var state = member == default ? null : await StateAsync(member);
        if (coupon is not null && AddCoupon(lot, state, coupon, ref wish) is { } refusal)
            return new(refusal);
        var end = visit.EndedAt ?? at;
        var plan = ParkingPlan.Of(programmes.Current, visit.At(lot), state, wish, end);
        // Who has paid may leave for a while at no more than that.
        var mayLeave = visit.At(lot).DueAt(end) == 0m;
        return new(null) { Visit = visit, Plan = plan, Member = state?.Id, At = end, MayLeave = mayLeave };
    }

    /// <param name="member">Null: nobody's car, or who cannot use anything.</param>
    private Refusal? AddCoupon(ParkingLot lot, MemberState? member, string coupon, ref ParkingWish wish)
    {
        if (member is null)
            return Refusals.UnknownCoupon;
        if (!int.TryParse(coupon, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            number = CodeText.Normal(coupon) is { } code ? codes.Find(member, code) : 0;
        if (ParkingCoupon.Refuse(
            member, programmes.Current, lot, number, time.GetUtcNow(), out var minutes) is { } rejection)
            return Refusals.Of(rejection);
        wish = wish with { Coupon = minutes, Number = number };
        return null;
    }

    /// <summary>Null: the member cannot use anything.</summary>
    private async Task<MemberState?> StateAsync(Rules.Quantities.MemberId member)
    {
        var reading = await Retry.OnFailedAppend(
            () => grains.GetGrain<IMemberGrain>(member.ToString()).Read(new MemberQuery.State()));
        var state = ((MemberReading.Snapshot)reading).State;
        return state.Id is not null && Standing.Of(state).Spends ? state : null;
    }

    private Task<ParkingAnswer> PayAsync(
        ParkingLot lot, ParkingQuote quote, string? outside, EventKey key, UInt128 content, DeskCall call)
    {
        var plan = quote.Plan!;
        var asksMember = plan.Uses.Any(use => use.Source != ParkingEntitlement.OfGrant.Word);
        var payment = new VisitPayment(key.ToString(), quote.At, plan.Uses, plan.Due)
        {
            Member = asksMember ? quote.Member : null,
            Points = new(plan.Points),
            Outside = outside,
        };
        return Retry.OnFailedAppend(() => Park(lot.Id).Pay(new(
            lot.Id, quote.Visit!.Number, quote.Visit.Version, payment, key, content, call.Actor)));
    }

    private async Task<ParkingQuote> AgainAsync(
        ParkingLot lot, EventKey key, UInt128 content, DeskCall call)
    {
        var payment = new VisitPayment(key.ToString(), default, [], 0m);
        var answer = await Retry.OnFailedAppend(() => Park(lot.Id).Pay(
            new(lot.Id, 0, 0, payment, key, content, call.Actor)));
        return new(RefusalOf(answer)) { Visit = answer.Visit };
    }

    private static Refusal? RefusalOf(ParkingAnswer answer) => answer.Status switch
    {
        ParkingStatus.Done or ParkingStatus.Duplicate => null,
        ParkingStatus.KeyReused => Refusals.KeyReused,
        ParkingStatus.NoSuchVisit => Refusals.VisitNotFound,
        ParkingStatus.Changed => Refusals.VisitChanged,
        ParkingStatus.PaymentKnown => Refusals.PaymentKnown,
        ParkingStatus.PlateInside => Refusals.PlateInside,
        ParkingStatus.Refused => Refusals.OfCode(answer.Code!, answer.Detail!),
        _ => throw new InvalidOperationException($"No words for {answer.Status}."),
    };

    private ICarParkGrain Park(string lot) => grains.GetGrain<ICarParkGrain>(CarParkGrain.KeyOf(lot));
}

/// <summary>What a visit costs, or why nobody knows.</summary>
/// <param name="Refusal">Null: it is known, or done.</param>
public sealed record ParkingQuote(Refusal? Refusal)
{
    /// <summary>Null: there is none (any more).</summary>
    public ParkingVisit? Visit { get; init; }

    /// <summary>What paying would use; null: it was done before.</summary>
    public ParkingPlan? Plan { get; init; }

    /// <summary>Whose entitlements they are: of several who have the plate the first; null: nobody's.
    /// </summary>
    public Rules.Quantities.MemberId? Member { get; init; }

    /// <summary>When it costs that.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Whether it may leave then without paying (more).</summary>
    public bool MayLeave { get; init; }
}
