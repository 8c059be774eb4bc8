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
            await AskAsync(member, "from", false);
        if (visit.EndedAt is null && (await HoldersAsync(move.To)).FirstOrDefault() is var first
            && first != default)
            await AskAsync(first, "to", true);

        Task AskAsync(MemberId member, string step, bool begins)
        {
            var request = new MemberRequest
            {
                Command = new MemberCommand.MoveParking(
                    lot, begins ? move.To : move.From, visit.Session, visit.EnteredAt, begins),
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
