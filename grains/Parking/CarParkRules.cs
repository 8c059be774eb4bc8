using MallVip.Rules.Programmes;

namespace MallVip.Grains.Parking;

/// <summary>What an entry or exit does to a car park. Pure.</summary>
internal static class CarParkRules
{
    private const string Exit = "exit";
    private const string ExitMissing = "exit-missing";

    /// <summary>The facts, and what became of the event in a word.</summary>
    /// <param name="lot">As the programme has it; null: it is not declared any more, and nothing is
    /// due.</param>
    public static (CarParkFact[] Facts, string How) Decide(
        CarParkState state, GateEvent happened, ParkingLot? lot) =>
        happened.IsEntry ? Enter(state, happened) : Leave(state, happened, lot);

    private static (CarParkFact[] Facts, string How) Enter(CarParkState state, GateEvent happened)
    {
        var entered = new CarParkFact.Entered(
            state.Next, happened.Plate, happened.Session, happened.Vehicle, happened.At);
        return state.Inside(happened.Plate) switch
        {
            null => ([entered], "entry"),
            // It comes late, behind a newer entry: its own exit was missed.
            { } newer when newer.EnteredAt > happened.At =>
                ([entered, Missed(entered.Visit, newer.EnteredAt)], ExitMissing),
            { } open => ([Missed(open.Number, happened.At), entered], ExitMissing),
        };
    }

    private static (CarParkFact[] Facts, string How) Leave(
        CarParkState state, GateEvent happened, ParkingLot? lot)
    {
        if (state.Inside(happened.Plate) is not { } open
            || (happened.Session is not null && open.Session is not null && open.Session != happened.Session))
            return Listed(happened, happened.Session is null ? "unmatched" : "late");
        if (open.EnteredAt > happened.At)
            return Listed(happened, "before-entry");
        var claim = lot is { Tariff: not null } ? open.At(lot) : null;
        return ([new CarParkFact.Left(
            open.Number, happened.At, Exit, claim?.Fee(happened.At).Amount ?? 0m,
            claim?.DueAt(happened.At) ?? 0m)], Exit);
    }

    /// <summary>How long it stayed nobody knows, so that it owes nothing.</summary>
    private static CarParkFact.Left Missed(long visit, DateTimeOffset at) =>
        new(visit, at, ExitMissing, 0m, 0m);

    private static (CarParkFact[] Facts, string How) Listed(GateEvent happened, string how) =>
        ([new CarParkFact.Listed(happened.Plate, happened.Session, happened.At, how)], how);
}
