using System.Globalization;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Identities;

/// <summary>
/// See <see cref="IIdentityGrain"/>. State changes are enqueued before anything is awaited.
/// </summary>
public sealed class IdentityGrain(MemberServices services) : Grain, IIdentityGrain
{
    /// <summary>How many events may wait for a claim at one identity.</summary>
    public const int MostWaiting = 1_000;

    private IdentityScribe _scribe = null!;
    private IdentityDelivery _delivery = null!;
    private IdentitySettlement _settlement = null!;
    private IdentityOrder _order = null!;
    private EventClaims _claims = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var id = UInt128.Parse(
            this.GetPrimaryKeyString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        _scribe = await IdentityScribe.OpenAsync(
            services, new(GrainKind.Identity, id), DeactivateOnIdle, cancellationToken);
        _delivery = new(_scribe, GrainFactory);
        _settlement = new(services.Journal, _scribe, _delivery, GrainFactory, id);
        _order = new(services, _scribe, _settlement);
        _claims = new(services, _scribe, _delivery, GrainFactory);
    }

    public async Task<MemberId?> Resolve()
    {
        var state = await _scribe.ReadDurableAsync();
        return state.Owner;
    }

    public async Task<HoldersAnswer> Holders()
    {
        var state = await _scribe.ReadDurableAsync();
        return new(state.Holders, state.IsTest);
    }

    public Task<OrderAnswer> Order(OrderRequest request) => _order.PutAsync(request);

    public async Task<ClaimAnswer> Claim(ClaimRequest request)
    {
        var fact = _scribe.FactOf(request);
        if (fact is null && _scribe.LapsedPledge is { } lapsed)
        {
            await _settlement.EndAsync(lapsed);
            fact = _scribe.FactOf(request);
        }

        if (fact is not null)
            await _scribe.Append(fact, request.Actor, request.RunClock, [.. request.Persons]);
        var state = await _scribe.ReadDurableAsync();
        var delivered = state.Owner == request.Member ? await _delivery.DeliverAllAsync(request.Actor) : 0;
        if (state.Holders.Contains(request.Member))
            return new(request.Member, delivered, state.Pledged == request.Member ? state.Pledge : null);
        return (state.Pledged ?? state.Holder) is { } other
            ? new(other, 0, state.Pledge) { IsFull = state.Holders.Length >= IdentityState.MostHolders }
            : throw new TimeoutException("The claim was undone while it was made.");
    }

    public async Task Settle(MemberId member, EventKey registration)
    {
        if (_scribe.State is { Pledge: { } pledge } && _scribe.State.Pledged == member
            && pledge.By == registration)
            await _settlement.EndAsync(pledge);
    }

    public Task<ReleaseAnswer> BeginRelease(MemberId member, EventKey release, string actor) =>
        _settlement.BeginAsync(member, release, actor);

    public Task Check(MemberId member) => _settlement.CheckAsync(member);

    public async Task<bool> Move(MemberId holder, MemberId into, string actor)
    {
        if (!_scribe.State.Holders.Contains(holder))
            return false;
        await _scribe.Append(new IdentityFact.Moved(into) { From = holder }, actor, null, []);
        await _settlement.CheckAsync(into);
        return true;
    }

    public async Task<KeepAnswer> Keep(KeepRequest request)
    {
        var admission = await services.Keys.AdmitAsync(request.Key, request.Receipt);
        if (admission.Kind == AdmissionKind.ReceiptTaken)
            return new(KeepStatus.ReceiptTaken, null);
        if (admission.Kind == AdmissionKind.Repeat)
            return await AnswerRepeat(request, admission.Pos);
        var holder = _scribe.State.Owner;
        var waits = holder is null || holder == request.Early;
        if (waits && _scribe.State.Kept < MostWaiting)
        {
            await KeepReserved(request);
            return new(KeepStatus.Kept, null);
        }

        services.Keys.GiveBack(request.Key, request.Receipt);
        return waits ? new(KeepStatus.Full, null) : new(KeepStatus.Claimed, holder);
    }

    public Task<ClaimEventAnswer> ClaimEvent(EventKey key, MemberId member, string actor) =>
        _claims.ClaimAsync(key, member, actor);

    public Task<ClaimEventAnswer> AskClaimEvent(EventKey key, MemberId member, string actor) =>
        _claims.TryAsync(key, member, actor);

    public async Task Poke()
    {
        if (_scribe.LapsedPledge is { } lapsed)
            await _settlement.EndAsync(lapsed);
        else if (!_scribe.State.Promised.IsEmpty)
            await _delivery.DeliverAllAsync("due");
        else if (_scribe.State.Pledge is null)
            await _scribe.Disarm();
    }

    /// <summary>
    /// Once the entry is on its way the writer settles its keys; before that they are ours to give back.
    /// </summary>
    private Task KeepReserved(KeepRequest request)
    {
        try
        {
            return _scribe.Keep(request);
        }
        catch (AppendFailedException failure)
        {
            services.Keys.GiveBack(request.Key, request.Receipt);
            return Task.FromException(failure);
        }
    }

    private async Task<KeepAnswer> AnswerRepeat(KeepRequest request, long pos)
    {
        var first = await services.FirstAsync(request.Key, pos);
        return first.Differs(request.Content)
            ? new(KeepStatus.KeyReused, null)
            : new(KeepStatus.Duplicate, first.Member) { Outcome = first.Outcome };
    }
}
