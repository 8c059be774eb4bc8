using MallVip.Rules.Events;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Deciding;

/// <summary>Where and when an event happened, as the programme understands it.</summary>
internal sealed class EventScope
{
    private MallEvent? _seen;

    private EventScope(Programme programme, MallEvent happened, Store? store, Mall? mall)
    {
        (Programme, Event, Store, Mall) = (programme, happened, store, mall);
        Zone = mall?.Zone ?? programme.Zone;
        Local = ZoneTime.Local(happened.Time, Zone);
        IsPurchase = happened.Data is PurchaseData;
    }

    public Programme Programme { get; }

    public MallEvent Event { get; }

    /// <summary>Whether it is a purchase, or follows from one.</summary>
    public bool IsPurchase { get; private init; }

    public Trigger Trigger { get; private init; } = Trigger.None;

    public Store? Store { get; }

    public Mall? Mall { get; }

    /// <summary>The mall's zone, or the programme's where the event has no mall.</summary>
    public TimeZoneInfo Zone { get; }

    public DateTime Local { get; }

    public DateOnly Day => DateOnly.FromDateTime(Local);

    public static EventScope Of(Programme programme, MallEvent happened)
    {
        var store = happened.Data switch
        {
            PurchaseData purchase => programme.Stores.GetValueOrDefault(purchase.Store),
            RefundData refund => programme.Stores.GetValueOrDefault(refund.Store),
            AppData { Place: { } place } => programme.Stores.GetValueOrDefault(place),
            _ => null,
        };
        var mall = happened.Data switch
        {
            ParkingData parking => programme.ParkingLots.GetValueOrDefault(parking.Lot)?.Mall,
            VisitData visit => programme.Malls.GetValueOrDefault(visit.Mall),
            AppData { Place: { } place } when store is null => programme.Malls.GetValueOrDefault(place),
            _ => store?.Mall,
        };
        return new(programme, happened, store, mall);
    }

    /// <summary>
    /// Something that time or an operator caused: the member's own mall counts, if there is one.
    /// </summary>
    public static EventScope OfMember(
        Programme programme, MemberState member, string type, string id, DateTimeOffset at)
    {
        var mall = member.HomeMall is { } home ? programme.Malls.GetValueOrDefault(home) : null;
        return new(programme, new("mallvip", id, type, at, EmptyData.Instance), null, mall);
    }

    /// <summary>Something that happened at a store, without being sent as an event.</summary>
    public static EventScope OfStore(Programme programme, string store, string id, DateTimeOffset at)
    {
        var known = programme.Stores.GetValueOrDefault(store);
        return new(programme, new("mallvip", id, "", at, EmptyData.Instance), known, known?.Mall);
    }

    /// <summary>What follows from this event, at its time and place.</summary>
    public EventScope Following(string type, Trigger trigger) =>
        new(Programme, Event with { Type = type, Data = EmptyData.Instance }, Store, Mall)
        {
            Trigger = trigger,
            IsPurchase = IsPurchase,
        };

    public EvalContext For(MemberState member) => new()
    {
        Programme = Programme,
        Member = member,
        Event = _seen ??= Rewards.Without(Event, Programme.RewardTenders),
        Trigger = Trigger,
        Store = Store,
        Mall = Mall,
        Local = Local,
    };
}
