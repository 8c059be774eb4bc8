using System.Collections.Immutable;
using MallVip.Grains.Entries;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;

namespace MallVip.Grains.Parking;

/// <summary>
/// Payments: begun here, used with the member, ended here. Each step has a key made of the payment's id, so
/// that whoever pays and the car park's timer may both carry it on. Operators' changes go the same way in.
/// </summary>
internal sealed class ParkingSaga(
    MemberServices services, CarParkScribe scribe, IGrainFactory grains, GrainKey grain, VisitMoves moves)
{
    /// <summary>After how long a payment is carried on by the timer.</summary>
    public static readonly TimeSpan DriveAfter = TimeSpan.FromSeconds(30);

    public async Task<ParkingAnswer> PayAsync(PayOrder order)
    {
        var money = order.Payment.Outside is { } outside
            ? EventKey.Of("parking-money", "", outside) : EventKey.None;
        var admission = await services.Keys.AdmitAsync(order.Key, EventKey.None);
        if (admission.Kind == AdmissionKind.Repeat)
            return await AgainAsync(order.Content, admission.Pos, order.Payment.Id);
        Task? starting = null;
        try
        {
            if (await IsKnownAsync(money, order.Visit) is { } known)
            {
                money = EventKey.None;
                if (known)
                    return new(ParkingStatus.PaymentKnown, null);
            }

            if (Refuse(order) is { } refused)
                return refused;
            starting = StartAsync(order, money);
        }
        finally
        {
            if (starting is null)
                services.Keys.GiveBack(order.Key, money);
        }

        await starting;
        await EndAsync(order.Lot, order.Visit, order.Payment.Id, order.Actor);
        return await AnswerAsync(order.Visit, order.Payment.Id, ParkingStatus.Done, grain, 0);
    }

    public async Task<ParkingAnswer> ChangeAsync(VisitOrder order)
    {
        var admission = await services.Keys.AdmitAsync(order.Key, EventKey.None);
        if (admission.Kind == AdmissionKind.Repeat)
        {
            var again = await AgainAsync(order.Content, admission.Pos, null);
            await moves.EndAsync(order.Lot, order.Visit);
            return again;
        }

        Task? writing = null;
        try
        {
            if (!scribe.State.Visits.TryGetValue(order.Visit, out var visit))
                return new(ParkingStatus.NoSuchVisit, null);
            if (order.Plate is { } plate && plate != visit.Plate && visit.EndedAt is null
                && scribe.State.Inside(plate) is not null)
                return new(ParkingStatus.PlateInside, visit);
            ImmutableArray<CarParkFact> facts = order.Plate is { } to
                ? [moves.Of(order, visit, to)]
                : [new CarParkFact.Granted(order.Visit, order.Minutes, order.Actor, order.Reason)];
            writing = scribe.AppendAsync(order.Lot, facts, order.Actor, entry => entry with
            {
                Key = order.Key,
                Content = order.Content,
                Persons = order.Persons,
            });
        }
        finally
        {
            if (writing is null)
                services.Keys.GiveBack(order.Key, EventKey.None);
        }

        await writing;
        await moves.EndAsync(order.Lot, order.Visit);
        return new(ParkingStatus.Done, scribe.State.Visits.GetValueOrDefault(order.Visit));
    }

    /// <summary>Ends what is due.</summary>
    public async Task DriveAsync()
    {
        foreach (var visit in scribe.State.Visits.Values)
            if (visit.Pending is { } pending && pending.DriveAt <= scribe.Now)
                await EndAsync(null, visit.Number, pending.Payment.Id, "due");
        if (!scribe.State.Moves.IsEmpty)
            await moves.DriveAsync(await LotAsync());
    }

    private ParkingAnswer? Refuse(PayOrder order)
    {
        if (!scribe.State.Visits.TryGetValue(order.Visit, out var visit))
            return new(ParkingStatus.NoSuchVisit, null);
        return visit.Version == order.Version && visit.Pending is null
            ? null : new(ParkingStatus.Changed, visit);
    }

    /// <summary>Whether a payment outside counts already; false: it stands in a payment of this visit that
    /// the member refused; null: its key is ours now.</summary>
    private async Task<bool?> IsKnownAsync(EventKey money, long visit)
    {
        if (money.IsNone || await services.Keys.AdmitAsync(money, EventKey.None) is not
            { Kind: AdmissionKind.Repeat } taken)
            return null;
        var entry = await services.Journal.ReadAtAsync(taken.Pos);
        if (entry?.Grain != grain)
            return true;
        var started = CarParkBody.Parse(entry.Body).Facts.OfType<CarParkFact.PaymentStarted>().First();
        return started.Visit != visit || !scribe.State.Visits.TryGetValue(visit, out var found)
            || found.Payments.Any(paid => paid.Outside == started.Payment.Outside)
            || found.Pending is not null;
    }

    private Task StartAsync(PayOrder order, EventKey money)
    {
        var started = new CarParkFact.PaymentStarted(order.Visit, order.Payment, scribe.Now + DriveAfter);
        // What asks nobody is one entry.
        ImmutableArray<CarParkFact> facts = order.Payment.Member is null
            ? [started, new CarParkFact.Paid(order.Visit, order.Payment.Id, DueAfter(order.Lot, started))]
            : [started];
        return scribe.AppendAsync(order.Lot, facts, order.Actor, entry => entry with
        {
            Key = order.Key,
            Content = order.Content,
            ExtraKeys = EntryDraft.Extra(money, []),
        });
    }

    /// <summary>The steps behind the first, by whoever comes first.</summary>
    private async Task EndAsync(string? lot, long number, string payment, string actor)
    {
        if (scribe.State.Visits.GetValueOrDefault(number)?.Pending is not { } started
            || started.Payment.Id != payment)
            return;
        lot ??= await LotAsync();
        var answer = await UseAsync(lot, started, actor);
        if (scribe.State.Visits.GetValueOrDefault(number)?.Pending?.Payment.Id != payment)
            return;
        CarParkFact end = answer.Rejection is { } rejection
            ? new CarParkFact.PaymentRefused(
                number, payment, Refusals.Of(rejection).Code, rejection.Detail.ToString())
            : new CarParkFact.Paid(number, payment, DueAfter(lot, started));
        await scribe.AppendAsync(lot, [end], actor);
    }

    private Task<MemberAnswer> UseAsync(string lot, CarParkFact.PaymentStarted started, string actor)
    {
        var payment = started.Payment;
        var request = new MemberRequest
        {
            Command = new MemberCommand.UseParking(payment.Id, lot, payment.Uses, payment.Points)
            {
                Of = payment.Uses.Any(use => use.Coupon > 0) ? payment.Member : null,
            },
            Key = EventKey.Of("parking-pay", payment.Id, "use"),
            Actor = actor,
        };
        return Retry.OnFailedAppend(
            () => grains.GetGrain<IMemberGrain>(payment.Member!.Value.ToString()).Handle(request));
    }

    /// <summary>What a visit that has ended owes once it is paid.</summary>
    private decimal DueAfter(string lot, CarParkFact.PaymentStarted started)
    {
        var visit = scribe.State.Visits[started.Visit];
        var known = services.Programmes.Shown.ParkingLots.GetValueOrDefault(lot);
        return visit.EndedAt is { } ended && known is { Tariff: not null }
            ? (visit with { Payments = visit.Payments.Add(started.Payment) }).At(known).DueAt(ended) : 0m;
    }

    private async Task<ParkingAnswer> AgainAsync(UInt128 content, long pos, string? payment)
    {
        var entry = await services.Journal.ReadAtAsync(pos);
        if (entry?.Grain != grain || entry.ContentHash != content)
            return new(ParkingStatus.KeyReused, null);
        var body = CarParkBody.Parse(entry.Body);
        var number = body.Facts.Select(NumberOf).First(found => found > 0);
        if (payment is null)
            return new(ParkingStatus.Duplicate, scribe.State.Visits.GetValueOrDefault(number));
        await EndAsync(body.Lot, number, payment, entry.Actor);
        return await AnswerAsync(number, payment, ParkingStatus.Duplicate, entry.Grain, entry.Seq);
    }

    /// <summary>What became of a payment; what is forgotten here stands in the journal.</summary>
    private async Task<ParkingAnswer> AnswerAsync(
        long number, string payment, ParkingStatus done, GrainKey of, long from)
    {
        var state = await scribe.ReadDurableAsync();
        var visit = state.Visits.GetValueOrDefault(number);
        var refused = visit?.Refused.FirstOrDefault(one => one.Payment == payment);
        if (visit is null)
            foreach (var entry in await services.Journal.ReadAsync(of, from))
                refused ??= CarParkBody.Parse(entry.Body).Facts.OfType<CarParkFact.PaymentRefused>()
                    .FirstOrDefault(one => one.Payment == payment);
        return refused is null ? new(done, visit)
            : new(ParkingStatus.Refused, visit, refused.Code, refused.Detail);
    }

    private async Task<string> LotAsync() =>
        CarParkBody.Parse((await services.Journal.ReadAsync(grain))[0].Body).Lot;

    private static long NumberOf(CarParkFact fact) => fact switch
    {
        CarParkFact.PaymentStarted started => started.Visit,
        CarParkFact.Granted granted => granted.Visit,
        CarParkFact.Moved moved => moved.Visit,
        _ => 0,
    };
}
