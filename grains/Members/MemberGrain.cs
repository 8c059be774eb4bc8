using System.Collections.Immutable;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Grains.Stock;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Members;

/// <summary>A member, alive: decides on the state in memory and answers when the entry is durable.</summary>
public sealed partial class MemberGrain(MemberServices services) : Grain, IMemberGrain
{
    private static readonly Task<MemberAnswer> NotHere =
        Task.FromResult(new MemberAnswer(AnswerStatus.NotHere, null, null, 0));

    private Timeline<MemberState> _timeline = null!;
    private MemberArchive _archive = null!;
    private MemberScribe _scribe = null!;
    private MergePassage _passage = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _archive = new MemberArchive(services, MemberId.Parse(this.GetPrimaryKeyString()));
        _timeline = await _archive.OpenAsync(cancellationToken);
        await services.Keys.LearnAsync(_archive.Grain, cancellationToken);
        _timeline.Broken = DeactivateOnIdle;
        _scribe = new MemberScribe(services, _timeline);
        _passage = new(services, _timeline, GrainFactory, Handle);
        await _passage.LearnAsync(null, cancellationToken);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_timeline is not null)
            _archive.OfferSnapshot(_timeline);
        return Task.CompletedTask;
    }

    public Task<MemberAnswer> Handle(MemberRequest request)
    {
        var entering = Enter(request, supposed: null);
        return entering.IsCompletedSuccessfully ? entering.Result : Entered(entering);
    }

    public async Task<ImmutableArray<MemberAnswer>> HandleAll(ImmutableArray<MemberRequest> requests)
    {
        var supposed = requests.All(request => request.DryRun) ? new Supposition() : null;
        var answers = new Task<MemberAnswer>[requests.Length];
        for (var i = 0; i < answers.Length; i++)
            answers[i] = await Enter(requests[i], supposed);
        return ImmutableArray.Create(await Task.WhenAll(answers));
    }

    public async Task<MemberReading> Read(MemberQuery query)
    {
        var (state, seq) = await _timeline.ReadDurable();
        return query switch
        {
            MemberQuery.State { At: null } when _passage.Successor is { } successor =>
                await GrainFactory.GetGrain<IMemberGrain>(successor.ToString()).Read(query),
            MemberQuery.State { At: null } => new MemberReading.Snapshot(state, seq),
            MemberQuery.State { At: { } at } => await _archive.ReadAtAsync(at),
            MemberQuery.History history => await _archive.ReadHistoryAsync(history, seq),
            _ => throw new InvalidOperationException($"No door for {query.GetType().Name}."),
        };
    }

    public async Task Poke()
    {
        if (services.Runs.Holds(_archive.Grain))
            return;
        await Handle(MemberRequest.Due);
        var (state, _) = await _timeline.ReadDurable();
        await new TransferSaga(to => GrainFactory.GetGrain<IMemberGrain>(to.ToString())).DriveAsync(
            state, services.Time.GetUtcNow(), Handle);
        await new ReferralSaga(GrainFactory).DriveAsync(state, services.Time.GetUtcNow(), Handle);
        await new RefundSaga(services, GrainFactory).DriveAsync(state, services.Time.GetUtcNow(), Handle);
        await new StockSaga(GrainFactory).DriveAsync(state, services.Time.GetUtcNow(), Handle);
        await _passage.DriveAsync();
    }

    private static async Task<MemberAnswer> Entered(ValueTask<Task<MemberAnswer>> entering) =>
        await await entering;

    /// <summary>Admits a request and writes it; the inner task ends when its entry is durable.</summary>
    private async ValueTask<Task<MemberAnswer>> Enter(MemberRequest request, Supposition? supposed)
    {
        if (request.Via is { } identity && !_timeline.State.Holds(identity))
            return NotHere;
        var admission = request.DryRun
            ? await services.Keys.AskAsync(request.Key, request.Receipt)
            : await services.Keys.AdmitAsync(request.Key, request.Receipt);
        if (admission.Kind != AdmissionKind.Fresh)
            return new ReceiptContest(services, _archive).AnswerAsync(
                request, admission, _timeline.State, Handle);
        try
        {
            if (request.Command is MemberCommand.Absorb)
                await _passage.LearnAsync(request, default);
            if (await Write(request, supposed) is { } written)
                return written;
        }
        catch (Exception failure) when (failure is not JournalOverloadedException)
        {
            if (!request.DryRun)
                services.Keys.GiveBack(request.Key, request.Receipt);
            throw;
        }

        if (!request.DryRun)
            services.Keys.GiveBack(request.Key, request.Receipt);
        return Task.FromResult(await _passage.FollowAsync(request));
    }

    /// <summary>
    /// Each <see cref="MemberScribe.Write"/> decides and enqueues in one breath; only questions are awaited.
    /// Null: the member is on its way into another.
    /// </summary>
    private async ValueTask<Task<MemberAnswer>?> Write(MemberRequest request, Supposition? supposed)
    {
        var programme = await services.Programmes.ForAsync(request.RulesVersion);
        var fetched = default(Fetched);
        try
        {
            while (!_passage.Stops(request))
            {
                var step = _scribe.Write(request, programme, fetched, supposed);
                if (step.Need is not { } need)
                    return step.Answer!;
                using var look = need is Need.OfPurchase ? await _timeline.LookBack() : null;
                if (look is null)
                    fetched = await services.Budgets.DrawAsync((Need.OfBudgets)need, fetched, request);
                else
                    fetched = (await _archive.ReadPurchaseAsync(need, _timeline.State.Absorbed))
                        .Beside(fetched.Draw, look.Recent);
            }

            fetched.Draw?.GiveBack();
            return null;
        }
        catch
        {
            fetched.Draw?.GiveBack();
            throw;
        }
    }
}
