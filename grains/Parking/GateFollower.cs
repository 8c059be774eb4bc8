using System.Collections.Frozen;
using MallVip.Grains.Intake;
using MallVip.Grains.Programmes;
using MallVip.Rules.Events;

namespace MallVip.Grains.Parking;

/// <summary>
/// Tells a car park of its entries and exits, besides the member. The event is answered when both have it; a
/// gate that had no answer sends it again, and each takes it once.
/// </summary>
public sealed class GateFollower(IGrainFactory grains, ProgrammeHost programmes)
{
    /// <summary>Refusals of the event itself, or passing ones. Whatever else is wrong with its member, the
    /// car has passed the gate.</summary>
    private static readonly FrozenSet<string> NotPassed = FrozenSet.ToFrozenSet(
        ["event_id_reused", "time_in_future", "time_too_old", "try_again", "internal_error", "inbox_full"],
        StringComparer.Ordinal);

    /// <summary>The item's answer, when the car park has the event too.</summary>
    public Task<EventAnswer> FollowAsync(IntakeItem item, IntakeOptions options) =>
        item.Event?.Event.Data is ParkingData parking && !options.DryRun
            ? FollowAsync(item, parking, options) : item.Answer.Task;

    private async Task<EventAnswer> FollowAsync(IntakeItem item, ParkingData parking, IntakeOptions options)
    {
        var answer = await item.Answer.Task;
        if (answer.Status == EventStatus.Queued || NotPassed.Contains(answer.Refusal?.Code ?? ""))
            return answer;
        var incoming = item.Event!;
        var version = item.Clock is null ? incoming.RulesVersion : null;
        try
        {
            var programme = await programmes.ForAsync(version);
            if (programme.ParkingLots.GetValueOrDefault(parking.Lot)?.Tariff is null)
                return answer;
            await Retry.OnFailedAppend(() => Gate(parking.Lot).Record(new()
            {
                Lot = parking.Lot,
                Key = incoming.Key,
                Content = incoming.Content,
                IsEntry = incoming.Event.Type == EventTypes.ParkingEntry,
                Plate = parking.Plate,
                Session = parking.Session,
                Vehicle = parking.Vehicle,
                At = incoming.Event.Time,
                Actor = options.Actor,
                RunClock = item.Clock,
                RulesVersion = version,
            }));
            return answer;
        }
        catch (Exception failure) when (Unavailable.Is(failure))
        {
            return item.Answered(new() { Status = EventStatus.Rejected, Refusal = Refusals.NotNow });
        }
    }

    private ICarParkGrain Gate(string lot) => grains.GetGrain<ICarParkGrain>(CarParkGrain.KeyOf(lot));
}
