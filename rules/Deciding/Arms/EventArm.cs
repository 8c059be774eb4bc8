using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Parking;

namespace MallVip.Rules.Deciding.Arms;

/// <summary>An event of any type: whether it is accepted, what it means, and the rules on it.</summary>
internal static class EventArm
{
    public static Decision? Decide(DecisionDraft draft, MallEvent happened)
    {
        if (EventRange.Refuse(happened, draft.Context) is { } refusal)
            return refusal;
        switch (happened.Data)
        {
            case PurchaseData purchase:
                return PurchaseArm.Decide(draft, happened, purchase);
            case RefundData refund:
                return RefundArm.Decide(draft, happened, refund);
            default:
                Record(draft, happened);
                return null;
        }
    }

    private static void Record(DecisionDraft draft, MallEvent happened)
    {
        var before = draft.State;
        var scope = EventScope.Of(draft.Programme, happened);
        draft.Add(Fact.EventCounted.Instance);
        switch (happened.Data)
        {
            case ParkingData parking:
                if (!ParkingDesk.Record(draft, scope, parking))
                    return;
                break;
            case VisitData visit when scope.Mall is null:
                draft.Warn(WarningCodes.UnknownMall, $"No mall is called {visit.Mall}.");
                break;
            case VisitData or AppData when happened.Type != EventTypes.AppOpened
                && happened.Type != EventTypes.AppViewed:
                Visits.Count(draft, scope);
                break;
            case MemberData member:
                Attributes.Set(draft, member);
                Consents.Set(draft, member, happened.Time);
                Referral.Set(draft, member);
                break;
            case AppData or ContentData or CustomData or EmptyData:
                break;
            default:
                throw new InvalidOperationException($"Unknown event data {happened.Data.GetType().Name}.");
        }

        RuleRun.Of(draft, scope, before);
    }
}
