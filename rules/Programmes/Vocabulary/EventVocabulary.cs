using System.Collections.Immutable;
using System.Runtime.InteropServices;
using MallVip.Rules.Cel;
using MallVip.Rules.Events;
using MallVip.Rules.Programmes.Loading;

namespace MallVip.Rules.Programmes.Vocabulary;

/// <summary><c>event</c>: what expressions may read of each type of event.</summary>
internal sealed class EventVocabulary(Declarations declared)
{
    private readonly CelObjectType<EvalContext> _local = LocalTime.Build(declared);
    private readonly CelType _tierIds =
        CelType.Enum("tier", declared.Tiers.Select(tier => tier.Id).Append(""));

    private readonly CelType _walletIds =
        CelType.Enum("wallet", declared.Wallets.Select(wallet => wallet.Id));

    private readonly CelType _mallIds = CelType.Enum("mall", declared.Malls.Keys.Append(""));

    /// <summary>The type of <c>event</c> in rules that wait for <paramref name="eventType"/>.</summary>
    public CelObjectType<EvalContext> Build(string eventType)
    {
        var type = Common(eventType);
        switch (eventType.Split('(')[0])
        {
            case EventTypes.Purchase:
                AddPurchase(type);
                break;
            case EventTypes.Refund:
                AddRefund(type);
                break;
            case EventTypes.ParkingEntry or EventTypes.ParkingExit:
                AddParking(type);
                break;
            case EventTypes.VisitDoor or EventTypes.VisitWifi:
                type.Field("place", c => Data<VisitData>(c).Place ?? "");
                break;
            case EventTypes.AppOpened or EventTypes.AppViewed or EventTypes.AppCheckin:
                type.Field("page", c => Data<AppData>(c).Page ?? "")
                    .Field("place", c => Data<AppData>(c).Place ?? "");
                break;
            case EventTypes.ContentOpened or EventTypes.ContentClicked:
                type.Field("content", c => Data<ContentData>(c).Content)
                    .Field("channel", c => Data<ContentData>(c).Channel ?? "");
                break;
            case EventTypes.MemberRegistered or EventTypes.MemberUpdated:
                type.Field("attributes", c => c, AttributesOfEvent())
                    .Field("referred", c => Data<MemberData>(c).Referrer is not null)
                    .Method("consents", (EvalContext c, string purpose) =>
                        Data<MemberData>(c).Consent?.GetValueOrDefault(purpose) == true);
                break;
            default:
                if (!AddMade(type, eventType.Split('(')[0]))
                    AddFields(type, declared.EventTypes.GetValueOrDefault(eventType)?.Fields.Values ?? []);
                break;
        }

        return type;
    }

    /// <summary>What rules or time made.</summary>
    /// <returns>False: it is no such event.</returns>
    private bool AddMade(CelObjectType<EvalContext> type, string name)
    {
        switch (name)
        {
            case EventTypes.TierChanged:
                type.Field("from", c => c.Trigger.From, _tierIds).Field("to", c => c.Trigger.To, _tierIds)
                    .Field("cause", c => c.Trigger.Cause);
                return true;
            case EventTypes.TierRenewed:
                type.Field("tier", c => c.Trigger.From, _tierIds).Field("ends", c => c.Trigger.Ends);
                return true;
            case EventTypes.TagAdded:
                type.Field("tag", c => c.Trigger.Tag);
                return true;
            case EventTypes.PointsEarned:
                type.Field("wallet", c => c.Trigger.Wallet, _walletIds)
                    .Field("points", c => c.Trigger.Points);
                return true;
            case EventTypes.AchievementReached:
                type.Field("achievement", c => c.Trigger.Achievement, CelType.Enum(
                        "achievement", declared.Achievements.Select(one => one.Achievement.Id)))
                    .Field("times", c => c.Trigger.Times).Field("atOnce", c => c.Trigger.Points);
                return true;
            case EventTypes.ReferralCompleted:
                type.Field("paid", c => c.Trigger.Paid);
                return true;
            case EventTypes.FriendPurchased:
                type.Field("paid", c => c.Trigger.Paid).Field("friends", c => c.Trigger.Times)
                    .Field("shared", c => c.Trigger.Points > 0);
                return true;
            case EventTypes.ReceiptContested:
                type.Field("receipt", c => c.Trigger.Receipt).Field("store", c => c, StoreType());
                return true;
            case EventTypes.MemberInactive:
                AddDays(type);
                return true;
            case EventTypes.PointsExpiring:
                AddDays(type).Field("wallet", c => c.Trigger.Wallet, _walletIds)
                    .Field("points", c => c.Trigger.Points).Field("ends", c => c.Trigger.Ends);
                return true;
            case EventTypes.CouponExpiring:
                AddDays(type).Field("coupon", c => c.Trigger.Coupon).Field("coupons", c => c.Trigger.Times)
                    .Field("ends", c => c.Trigger.Ends);
                return true;
            case EventTypes.TierEnding:
                AddDays(type).Field("tier", c => c.Trigger.From, _tierIds).Field("ends", c => c.Trigger.Ends);
                return true;
            default:
                return false;
        }
    }

    /// <summary>What every event has; tier conditions see no more.</summary>
    public CelObjectType<EvalContext> Common(string name) => new CelObjectType<EvalContext>(name)
        .Field("type", c => c.Event.Type)
        .Field("source", c => c.Event.Source)
        .Field("time", c => c.Event.Time)
        .Field("local", c => c, _local)
        .Field("mall", c => c.Mall?.Id ?? "", _mallIds);

    private void AddPurchase(CelObjectType<EvalContext> type) => type
        .Field("receipt", c => Data<PurchaseData>(c).Receipt)
        .Field("paid", c => Data<PurchaseData>(c).Paid.Amount)
        .Field("pointsUsed", c => Data<PurchaseData>(c).PointsUsed.Value)
        .Field("till", c => Data<PurchaseData>(c).Till ?? "")
        .Field("cashier", c => Data<PurchaseData>(c).Cashier ?? "")
        .Field("store", c => c, StoreType())
        .Field("lines", c =>
            (IReadOnlyList<PurchaseLine>)ListOf(Data<PurchaseData>(c).Lines), CelType.List(LineType))
        .Field("tenders", c =>
            (IReadOnlyList<Tender>)ListOf(Data<PurchaseData>(c).Tenders), CelType.List(TenderType))
        .Method("paidOn", (EvalContext c, string category) =>
            PurchaseSums.OfCategory(Data<PurchaseData>(c), category))
        .Method("paidOnBrand", (EvalContext c, string brand) =>
            PurchaseSums.OfBrand(Data<PurchaseData>(c), brand))
        .Method("paidBy", (EvalContext c, string kind) => PurchaseSums.OfTender(Data<PurchaseData>(c), kind));

    private void AddRefund(CelObjectType<EvalContext> type) => type
        .Field("refund", c => Data<RefundData>(c).Refund)
        .Field("receipt", c => Data<RefundData>(c).Receipt)
        .Field("paid", c => Data<RefundData>(c).Paid.Amount)
        .Field("store", c => c, StoreType());

    private void AddParking(CelObjectType<EvalContext> type)
    {
        type.Field("lot", c => Data<ParkingData>(c).Lot, CelType.Enum("lot", declared.ParkingLots.Keys))
            .Field("vehicle", c => Data<ParkingData>(c).Vehicle ?? "")
            .Field("session", c => Data<ParkingData>(c).Session ?? "");
        FieldVocabulary.AddHandle(type, "plate", c => Data<ParkingData>(c).Plate);
    }

    private CelObjectType<EvalContext> StoreType() => new CelObjectType<EvalContext>("store")
        .Field("id", c => c.Store?.Id ?? "", CelType.Enum("store", declared.Stores.Keys))
        .Field("name", c => c.Store?.Name ?? "")
        .Field("category", c => c.Store?.Category ?? "", CelType.Enum("category", declared.Categories.Keys))
        .Field("mall", c => c.Store?.Mall.Id ?? "", CelType.Enum("mall", declared.Malls.Keys));

    private static CelObjectType<PurchaseLine> LineType { get; } = new CelObjectType<PurchaseLine>("line")
        .Field("sku", line => line.Sku ?? "")
        .Field("category", line => line.Category ?? "")
        .Field("brand", line => line.Brand ?? "")
        .Field("qty", line => line.Qty)
        .Field("paid", line => line.Paid.Amount);

    private static CelObjectType<Tender> TenderType { get; } = new CelObjectType<Tender>("tender")
        .Field("kind", tender => tender.Kind)
        .Field("paid", tender => tender.Paid.Amount);

    private CelObjectType<EvalContext> AttributesOfEvent()
    {
        var type = new CelObjectType<EvalContext>("attributes");
        foreach (var attribute in declared.Attributes.Values)
        {
            var name = attribute.Name;
            FieldVocabulary.Add(type, attribute, c => Data<MemberData>(c).Attributes.GetValueOrDefault(name));
        }

        return type;
    }

    private static CelObjectType<EvalContext> AddDays(CelObjectType<EvalContext> type) =>
        type.Field("days", c => (long)c.Trigger.Days);

    private static void AddFields(CelObjectType<EvalContext> type, ImmutableArray<AttributeType> fields)
    {
        foreach (var field in fields)
        {
            var name = field.Name;
            FieldVocabulary.Add(type, field, c => Data<CustomData>(c).Fields.GetValueOrDefault(name));
        }
    }

    private static T Data<T>(EvalContext context)
        where T : EventData => (T)context.Event.Data;

    private static T[] ListOf<T>(ImmutableArray<T> items) =>
        ImmutableCollectionsMarshal.AsArray(items) ?? [];
}
