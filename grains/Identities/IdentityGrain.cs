using System.Globalization;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Deciding;
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

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var id = UInt128.Parse(
            this.GetPrimaryKeyString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        _scribe = await IdentityScribe.OpenAsync(services, new(GrainKind.Identity, id), cancellationToken);
    }

    public async Task<MemberId?> Resolve()
    {
        var state = await _scribe.ReadDurableAsync();
        return state.Holder;
    }

    public async Task<ClaimAnswer> Claim(ClaimRequest request)
    {
        if (_scribe.State.Holder is null)
            await Guarded(_scribe.Append(new IdentityFact.Claimed(request.Member), request.Actor, request.RunClock, [.. request.Persons]));
        var state = await _scribe.ReadDurableAsync();
        var delivered = state.Holder == request.Member ? await DeliverAll(request.Actor) : 0;
        return new(state.Holder!.Value, delivered);
    }

    public async Task<KeepAnswer> Keep(KeepRequest request)
    {
        var admission = await services.Keys.AdmitAsync(request.Key, request.Receipt);
        if (admission.Kind == AdmissionKind.ReceiptTaken)
            return new(KeepStatus.ReceiptTaken, null);
        if (admission.Kind == AdmissionKind.Repeat)
            return await AnswerRepeat(request, admission.Pos);
        var holder = _scribe.State.Holder;
        if ((holder is null || holder == request.Early) && _scribe.State.Kept < MostWaiting)
        {
            await Guarded(KeepReserved(request));
            return new(KeepStatus.Kept, null);
        }

        services.Keys.GiveBack(request.Key, request.Receipt);
        return holder is null || holder == request.Early ? new(KeepStatus.Full, null) : new(KeepStatus.Claimed, holder);
    }

    public async Task<ClaimEventAnswer> ClaimEvent(EventKey key, MemberId member, string actor)
    {
        if (_scribe.State.Waiting.Any(kept => kept.Key == key))
            await Guarded(_scribe.Append(new IdentityFact.EventClaimed(key, member), actor, null, []));
        var state = await _scribe.ReadDurableAsync();
        foreach (var promised in state.Promised)
        {
            if (promised.Event.Key == key && promised.Member == member)
                return new(true, await Deliver(promised, actor));
        }

        return new(false, null);
    }

    public async Task Poke()
    {
        if (_scribe.State.Promised.IsEmpty)
            await Guarded(_scribe.Disarm());
        else
            await DeliverAll("due");
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
        var first = await services.Journal.ReadAtAsync(pos)
            ?? throw new JournalDamagedException($"The key index points to {pos}, where no entry stands.");
        return first.ContentHash == request.Content
            ? new(KeepStatus.Duplicate, null)
            : new(KeepStatus.KeyReused, null);
    }

    private async Task<int> DeliverAll(string actor)
    {
        var delivered = 0;
        foreach (var promised in _scribe.State.Promised)
        {
            if (!IsTooEarly(await Deliver(promised, actor)))
                delivered++;
        }

        return delivered;
    }

    /// <summary>
    /// An identity is claimed before its member is enrolled; until then its events stay promised.
    /// </summary>
    private static bool IsTooEarly(MemberAnswer answer) => answer.Rejection?.Kind == RejectionKind.UnknownMember;

    /// <summary>The member's own key index makes a second delivery harmless.</summary>
    private async Task<MemberAnswer> Deliver(PromisedEvent promised, string actor)
    {
        var member = GrainFactory.GetGrain<IMemberGrain>(promised.Member.ToString());
        var answer = await member.Handle(new MemberRequest
        {
            Command = new Rules.Commands.MemberCommand.RecordEvent(promised.Event.Event),
            Key = promised.Event.Key.Carried(),
            Content = promised.Event.Content,
            Actor = actor,
            AnyAge = true,
        });
        if (!IsTooEarly(answer))
            await Guarded(_scribe.Append(new IdentityFact.Delivered(promised.Event.Key), actor, null, []));
        return answer;
    }

    private async Task Guarded(Task append)
    {
        try
        {
            await append;
        }
        catch (AppendFailedException)
        {
            DeactivateOnIdle();
            throw;
        }
    }
}
