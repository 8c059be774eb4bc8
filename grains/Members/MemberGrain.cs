using System.Collections.Immutable;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
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

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _archive = new MemberArchive(services, MemberId.Parse(this.GetPrimaryKeyString()));
        _timeline = await _archive.OpenAsync(cancellationToken);
        await services.Keys.LearnAsync(_archive.Grain, cancellationToken);
        _timeline.Broken = DeactivateOnIdle;
        _scribe = new MemberScribe(services, _timeline);
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
        await DriveAsync();
    }

    /// <summary>Ends the transfers of which whoever began them has not been heard any more.</summary>
    private async Task DriveAsync()
    {
        var (state, _) = await _timeline.ReadDurable();
        var saga = new TransferSaga(to => GrainFactory.GetGrain<IMemberGrain>(to.ToString()));
        foreach (var transfer in state.Transfers)
            if (transfer.DriveAt <= services.Time.GetUtcNow())
                await saga.EndAsync(state.Id!.Value, transfer, MemberRequest.Due.Actor, Handle);
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
            return _archive.AnswerRepeatAsync(request, admission);
        try
        {
            return await Write(request, supposed);
        }
        catch (Exception failure) when (failure is not JournalOverloadedException)
        {
            if (!request.DryRun)
                services.Keys.GiveBack(request.Key, request.Receipt);
            throw;
        }
    }

    /// <summary>
    /// Each <see cref="MemberScribe.Write"/> decides and enqueues in one breath; only questions are awaited.
    /// </summary>
    private async ValueTask<Task<MemberAnswer>> Write(MemberRequest request, Supposition? supposed)
    {
        var programme = await services.Programmes.ForAsync(request.RulesVersion);
        var fetched = default(Fetched);
        try
        {
            var step = _scribe.Write(request, programme, fetched, supposed);
            while (step.Need is { } need)
            {
                using var look = need is Need.OfPurchase ? await _timeline.LookBack() : null;
                if (look is null)
                    fetched = await DrawAsync((Need.OfBudgets)need, fetched, request);
                else
                    fetched = (await _archive.ReadPurchaseAsync(need)).Beside(fetched.Draw, look.Recent);
                step = _scribe.Write(request, programme, fetched, supposed);
            }

            return step.Answer!;
        }
        catch
        {
            fetched.Draw?.GiveBack();
            throw;
        }
    }

    /// <summary>Answers of budgets in place of the last ones. A purchase that was fetched before an await is
    /// as good as none: more may have happened to it.</summary>
    private async ValueTask<Fetched> DrawAsync(Need.OfBudgets asked, Fetched fetched, MemberRequest request)
    {
        fetched.Draw?.GiveBack();
        if (request.DryRun || Actors.IsTest(request.Actor))
            return new(null, null, await services.Budgets.SupposeAsync(asked.Asks));
        var drawing = services.Budgets.DrawAsync(asked.Asks);
        var isFresh = drawing.IsCompletedSuccessfully;
        var draw = await drawing;
        return isFresh ? fetched with { Draw = draw } : new(null, null, draw);
    }
}
