using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;

namespace MallVip.Rules.Parking;

/// <summary>
/// Sessions by plate. A new entry closes an open session as <c>exit-missing</c>; an exit that names a session
/// closes that one; an exit without an open session is listed and changes nothing.
/// </summary>
internal static class ParkingDesk
{
    /// <returns>
    /// Whether the event changed anything: rules are not asked about an exit that is only listed.
    /// </returns>
    public static bool Record(DecisionDraft draft, EventScope scope, ParkingData parking)
    {
        if (scope.Mall is null)
            draft.Warn(WarningCodes.UnknownCarPark, $"No car park is called {parking.Lot}.");
        if (scope.Event.Type != EventTypes.ParkingEntry)
            return Leave(draft, scope.Event.Time, parking);
        Enter(draft, scope, parking);
        return true;
    }

    /// <summary>The plate had been read wrongly: the member's car is not in there.</summary>
    public static void End(DecisionDraft draft, MemberCommand.MoveParking move)
    {
        foreach (var open in draft.State.Parking)
            if (open.Plate == move.Plate && open.Lot == move.Lot && open.EnteredAt == move.EnteredAt)
            {
                Close(draft, open, open.Lot, draft.Now, "moved");
                return;
            }
    }

    /// <summary>The member's car came in, though another plate was read.</summary>
    public static void Begin(DecisionDraft draft, MemberCommand.MoveParking move)
    {
        foreach (var open in draft.State.Parking)
            if (open.Plate == move.Plate && open.EnteredAt >= move.EnteredAt)
                return;
        foreach (var open in draft.State.Parking)
            if (open.Plate == move.Plate)
                Close(draft, open, open.Lot, move.EnteredAt, "exit-missing");
        draft.Add(new Fact.ParkingEntered(move.Lot, move.Plate, move.Session, move.EnteredAt));
    }

    private static void Enter(DecisionDraft draft, EventScope scope, ParkingData parking)
    {
        var at = scope.Event.Time;
        var newer = default(ParkingSession);
        foreach (var open in draft.State.Parking)
        {
            if (open.Plate != parking.Plate)
                continue;
            if (open.EnteredAt > at)
                newer = open;
            else
                Close(draft, open, open.Lot, at, "exit-missing");
        }

        draft.Add(new Fact.ParkingEntered(parking.Lot, parking.Plate, parking.Session, at));
        // An entry that comes late, behind a newer one, has missed its exit as well.
        if (newer is not null)
            Close(draft, new(parking.Lot, parking.Plate, parking.Session, at), parking.Lot, newer.EnteredAt,
                "exit-missing");
        Visits.Count(draft, scope);
    }

    private static bool Leave(DecisionDraft draft, DateTimeOffset at, ParkingData parking)
    {
        var open = Find(draft.State, parking, at);
        if (open is not null)
            Close(draft, open, parking.Lot, at, "exit");
        else
            draft.Add(new Fact.ParkingLeft(
                parking.Lot, parking.Plate, parking.Session, null, at, WhyListed(draft.State, parking)));
        return open is not null;
    }

    private static string WhyListed(MemberState state, ParkingData parking)
    {
        if (parking.Session is null)
            return "unmatched";
        return state.Parking.Any(open => open.Session == parking.Session) ? "before-entry" : "late";
    }

    private static ParkingSession? Find(MemberState state, ParkingData parking, DateTimeOffset at)
    {
        foreach (var open in state.Parking)
            if (parking.Session is not null && open.Session == parking.Session && open.EnteredAt <= at)
                return open;
        foreach (var open in state.Parking)
            if (open.Plate == parking.Plate && open.EnteredAt <= at
                && (parking.Session is null || open.Session is null))
                return open;
        return null;
    }

    private static void Close(
        DecisionDraft draft, ParkingSession open, string lot, DateTimeOffset at, string how) =>
        draft.Add(new Fact.ParkingLeft(lot, open.Plate, open.Session, open.EnteredAt, at, how));
}
