using System.Collections.Immutable;
using System.Globalization;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Parking;

/// <summary>
/// Corrections of plates, with the members' own sessions: recorded here, ended with who has the plate that
/// was read, begun with who has the right one, and ended here. Each step has a key made of the correction's
/// id.
/// </summary>
internal sealed class VisitMoves(CarParkScribe scribe, IGrainFactory grains, EventRouter router)
{
    /// <param name="to">The handle of the right plate.</param>
    public CarParkFact.Moved Of(VisitOrder order, ParkingVisit visit, string to)
    {
        var moved = new CarParkFact.Moved(order.Visit, visit.Plate, to, order.Actor, order.Reason);
        return visit.EndedAt is not null || to == visit.Plate
            ? moved
            : moved with { Move = order.Key.ToString(), DriveAt = scribe.Now + ParkingSaga.DriveAfter };
    }

    /// <summary>The exit of a visit that was moved: who has the plate may have left before the session began
    /// there, so that it is ended once more, as a correction to nobody.</summary>
    /// <param name="facts">What the exit does to the car park.</param>
    public CarParkFact[] Following(CarParkFact[] facts, GateEvent happened) =>
        facts is [CarParkFact.Left left] && scribe.State.Visits[left.Visit] is { IsMoved: true } visit
            ?
            [
                left,
                new CarParkFact.Moved(left.Visit, visit.Plate, visit.Plate, happened.Actor, "exit")
                {
                    Move = happened.Key.ToString(),
                    DriveAt = scribe.Now + ParkingSaga.DriveAfter,
                },
            ]
            : facts;

    /// <summary>Tells members of all that is due.</summary>
    public async Task DriveAsync(string lot)
    {
        foreach (var move in scribe.State.Moves)
            if (move.DriveAt <= scribe.Now)
                await EndAsync(lot, move.Visit);
    }

    /// <summary>Tells members of a visit's corrections, in their order.</summary>
    public async Task EndAsync(string lot, long visit)
    {
        foreach (var move in scribe.State.Moves.Where(move => move.Visit == visit))
        {
            await TellAsync(lot, move);
            if (scribe.State.Moves.Contains(move))
                await scribe.AppendAsync(lot, [new CarParkFact.MoveEnded(visit, move.Move!)], move.By);
        }
    }

    private async Task TellAsync(string lot, CarParkFact.Moved move)
    {
        if (!scribe.State.Visits.TryGetValue(move.Visit, out var visit))
            return;
        // Whoever has the plate now may have got it since: who has no such session changes nothing.
        foreach (var member in await HoldersAsync(move.From))
            await AskAsync(member, "from", move.From, begins: false);
        if (visit.EndedAt is not null || await HoldersAsync(move.To) is not [var first, ..])
            return;
        await AskAsync(first, "to", move.To, begins: true);
        // It has left while the session was on its way.
        if (scribe.State.Visits.GetValueOrDefault(move.Visit) is not { EndedAt: null })
            await AskAsync(first, "left", move.To, begins: false);

        Task AskAsync(MemberId member, string step, string plate, bool begins)
        {
            var request = new MemberRequest
            {
                Command = new MemberCommand.MoveParking(
                    lot, plate, visit.Session, visit.EnteredAt, begins),
                Key = EventKey.Of(
                    "parking-move", move.Move!,
                    string.Create(CultureInfo.InvariantCulture, $"{step}/{member}")),
                Actor = move.By,
            };
            return Retry.OnFailedAppend(
                () => grains.GetGrain<IMemberGrain>(member.ToString()).Handle(request));
        }
    }

    private async Task<ImmutableArray<MemberId>> HoldersAsync(string plate) =>
        (await router.HoldersAsync(new IdentityRef("plate", plate))).Members;
}
