using System.Globalization;
using MallVip.Grains.Entries;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;

namespace MallVip.Grains.Parking;

/// <summary>See <see cref="ICarParkGrain"/>.</summary>
public sealed class CarParkGrain(MemberServices services, EventRouter router) : Grain, ICarParkGrain
{
    private const int MostShown = 200;

    private Timeline<CarParkState> _timeline = null!;
    private CarParkArchive _archive = null!;
    private CarParkScribe _scribe = null!;
    private VisitMoves _moves = null!;
    private ParkingSaga _saga = null!;
    private GrainKey _grain;

    /// <summary>The grain's key of a lot.</summary>
    public static string KeyOf(string lot) => EventKey.Of("car-park", "", lot).ToString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _grain = new(GrainKind.CarPark, UInt128.Parse(
            this.GetPrimaryKeyString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        _archive = new(services, _grain);
        _timeline = new(services.Writer, _grain, await _archive.OpenAsync(cancellationToken))
        {
            Broken = DeactivateOnIdle,
        };
        await services.Keys.LearnAsync(_grain, cancellationToken);
        _scribe = new(services, _timeline, _archive);
        _moves = new(_scribe, GrainFactory, router);
        _saga = new(services, _scribe, GrainFactory, _grain, _moves);
    }

    public async Task<string?> Record(GateEvent happened)
    {
        var key = EventKey.Of("parking", happened.Lot, happened.Key.ToString());
        var programme = await services.Programmes.ForAsync(happened.RulesVersion);
        var admission = await services.Keys.AdmitAsync(key, EventKey.None);
        if (admission.Kind != AdmissionKind.Fresh)
            return null;
        Task? recording = null;
        try
        {
            var (facts, how) = CarParkRules.Decide(
                _timeline.State, happened, programme.ParkingLots.GetValueOrDefault(happened.Lot));
            facts = _moves.Following(facts, happened);
            recording = _scribe.AppendAsync(happened.Lot, [.. facts], happened.Actor, entry => entry with
            {
                At = _timeline.NotBefore(happened.RunClock ?? services.Time.GetUtcNow()),
                Key = key,
                Content = happened.Content,
                RulesVersion = programme.Version,
            });
            await recording;
            if (facts is [CarParkFact.Left, CarParkFact.Moved { Visit: var visit }])
                await _moves.EndAsync(happened.Lot, visit);
            return how;
        }
        finally
        {
            if (recording is null)
                services.Keys.GiveBack(key, EventKey.None);
        }
    }

    public async Task<CarParkView> Read()
    {
        var state = await _scribe.ReadDurableAsync();
        var ended = state.Visits.Values.Where(visit => visit.EndedAt is not null).ToArray();
        return new(
            state.Open.Count,
            [.. ended.Where(visit => visit.Due > 0)],
            [.. ended.OrderByDescending(visit => visit.EndedAt).Take(MostShown)],
            [.. state.Listed.Reverse()]);
    }

    public async Task<ParkingVisit?> Find(string plate)
    {
        var state = await _scribe.ReadDurableAsync();
        var ended = state.Visits.Values.Where(visit => visit.Plate == plate).Reverse().ToArray();
        return state.Inside(plate) ?? ended.FirstOrDefault(visit => visit.Due > 0) ?? ended.FirstOrDefault();
    }

    public Task<ParkingAnswer> Pay(PayOrder order) => _saga.PayAsync(order);

    public Task<ParkingAnswer> Change(VisitOrder order) => _saga.ChangeAsync(order);

    public Task Poke() => _saga.DriveAsync();

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_timeline is not null)
            _archive.Offer(_timeline);
        return Task.CompletedTask;
    }
}
