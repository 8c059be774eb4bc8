using System.Collections.Immutable;
using System.Globalization;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;

namespace MallVip.Grains.Slips;

/// <summary>See <see cref="ISlipGrain"/>. One turn at a time.</summary>
public sealed class SlipGrain(MemberServices services) : Grain, ISlipGrain
{
    /// <summary>The kind of its entries.</summary>
    public const string EntryKind = "slip";

    private Timeline<SlipState> _timeline = null!;
    private SlipRecorder _recorder = null!;
    private SlipGate _gate = null!;
    private GrainKey _grain;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _grain = new(GrainKind.Slip, UInt128.Parse(
            this.GetPrimaryKeyString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        _timeline = new(services.Writer, _grain, await TimelineFold.ReadAsync(
            services.Journal, _grain, SlipState.Empty,
            static (state, entry) => SlipEntryBody.Parse(entry.Body).Facts.Aggregate(
                state, static (before, fact) => before.Apply(fact)),
            cancellationToken))
        {
            Broken = DeactivateOnIdle,
        };
        await services.Keys.LearnAsync(_grain, cancellationToken);
        _recorder = new(GrainFactory);
        _gate = new(services, GrainFactory, _recorder);
    }

    public async Task<SlipAnswer> HandIn(SlipOrder order)
    {
        var admission = order.DryRun
            ? await services.Keys.AskAsync(order.Key, EventKey.None)
            : await services.Keys.AdmitAsync(order.Key, EventKey.None);
        if (admission.Kind == AdmissionKind.Repeat)
            return await RepeatAsync(order, admission.Pos);
        if (await KeepAsync(order) is { } answer)
            return answer;
        await RecordAsync();
        return SlipAnswer.Of((await Read())[^1]);
    }

    public async Task<ImmutableArray<SlipView>> Read() =>
        [.. (await _timeline.ReadDurable()).State.Slips.Select((slip, at) => slip.ToView(IdOf(at + 1)))];

    public async Task<SlipAnswer> Decide(SlipDecision decision)
    {
        var (slips, at) = (_timeline.State.Slips, decision.Number - 1);
        if (at < 0 || at >= slips.Length)
            return SlipAnswer.Of(null);
        if (SlipRules.Refuse(slips[at], decision, Now()) is var refusal and not SlipRefusal.None)
            return SlipAnswer.Refused(refusal);
        if (!decision.DryRun && slips[at].Status == SlipStatus.Waiting)
            await (decision.Verb == SlipVerb.Approve
                ? Append(new SlipFact.Approved(decision.By), decision.By, DueChange.Exactly(Now()))
                : Append(
                    new SlipFact.Declined(decision.By, decision.Reason), decision.By, DueChange.Clear));
        if (!decision.DryRun)
            await RecordAsync();
        return SlipAnswer.Of((await Read())[at]);
    }

    public async Task Poke()
    {
        if (_timeline.State.Latest is { Status: SlipStatus.Waiting } late && Now() >= late.HandedIn.Until)
            await Append(
                new SlipFact.Declined(Slip.Clock, "Nobody has approved it in time."), Slip.Clock,
                DueChange.Clear);
        await RecordAsync();
    }

    /// <summary>Keeps a slip; an answer: it is not kept. Once the entry is on its way the writer settles the
    /// call's key; before that it is ours to give back.</summary>
    private async Task<SlipAnswer?> KeepAsync(SlipOrder order)
    {
        Task? keeping = null;
        try
        {
            var asked = await _gate.AskAsync(_timeline.State, order, IdOf(NextNumber), Now());
            if (asked.Fact is not { } fact)
                return asked.Refused;
            if (order.DryRun)
                return SlipAnswer.Of(new Slip(fact).ToView(IdOf(NextNumber)));
            keeping = Append(
                fact, order.By, DueChange.Exactly(fact.Alone ? Now() : fact.Until), order.Key, order.Content);
        }
        finally
        {
            if (keeping is null && !order.DryRun)
                services.Keys.GiveBack(order.Key, EventKey.None);
        }

        await keeping;
        return null;
    }

    private async Task<SlipAnswer> RepeatAsync(SlipOrder order, long pos)
    {
        var entry = await services.Journal.ReadAtAsync(pos);
        if (entry?.Grain != _grain || entry.ContentHash != order.Content)
            return SlipAnswer.Refused(SlipRefusal.KeyReused);
        var slips = _timeline.State.Slips;
        var at = slips.IndexOf(slips.First(slip => slip.HandedIn.Key == order.Key));
        return SlipAnswer.Of((await Read())[at]);
    }

    /// <summary>Tells the member of what is approved, and notes the answer.</summary>
    private async Task RecordAsync()
    {
        if (_timeline.State.Latest is { Status: SlipStatus.Approved } approved)
            await Append(await _recorder.RecordAsync(approved), approved.Actor, DueChange.Clear);
    }

    private int NextNumber => _timeline.State.Slips.Length + 1;

    private string IdOf(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{this.GetPrimaryKeyString()}-{number}");

    private DateTimeOffset Now() => _timeline.NotBefore(services.Time.GetUtcNow());

    private Task<int> Append(
        SlipFact fact, string actor, DueChange due, EventKey key = default, UInt128 content = default)
    {
        var entry = new EntryDraft
        {
            Kind = EntryKind,
            At = Now(),
            Key = key,
            Content = content,
            Body = new SlipEntryBody(1, [fact]).ToJson(),
            Actor = actor,
            NextDue = due,
        };
        return _timeline.Append(entry, _timeline.State.Apply(fact), 0);
    }
}
