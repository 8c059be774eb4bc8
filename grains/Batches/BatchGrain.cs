using System.Collections.Immutable;
using System.Globalization;
using MallVip.Grains.Entries;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;

namespace MallVip.Grains.Batches;

/// <summary>See <see cref="IBatchGrain"/>. One turn at a time.</summary>
public sealed class BatchGrain(MemberServices services) : Grain, IBatchGrain
{
    /// <summary>The kind of its entries.</summary>
    public const string EntryKind = "batch";

    /// <summary>Rows done in one turn: a page is one entry, and other due work goes on between two.</summary>
    public const int PageLength = 256;

    /// <summary>How long a list waits for its approval.</summary>
    public static readonly TimeSpan WaitsFor = TimeSpan.FromDays(7);

    private readonly BatchPace _pace = new();
    private Timeline<BatchState> _timeline = null!;
    private BatchRunner _runner = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var grain = PlaceOf(this.GetPrimaryKeyString());
        _timeline = new(services.Writer, grain, await TimelineFold.ReadAsync(
            services.Journal, grain, BatchState.Empty,
            static (state, entry) => BatchBody.Parse(entry.Body).Facts.Aggregate(
                state, static (before, fact) => before.Apply(fact)),
            cancellationToken))
        {
            Broken = DeactivateOnIdle,
        };
        _runner = new(GrainFactory, this.GetPrimaryKeyString());
    }

    /// <summary>Where a list's entries stand.</summary>
    public static GrainKey PlaceOf(string id) => new(
        GrainKind.Batch, UInt128.Parse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));

    public Task Add(
        int from, UInt128 content, ImmutableArray<BatchRow> rows, ImmutableArray<BatchFault> wrong)
    {
        var state = _timeline.State;
        return state.Opened is null && (from == 0 || (from == state.Count && content == state.Content))
            ? Append(new BatchFact.Listed(from, content, rows, wrong), "batch", DueChange.None)
            : _timeline.ReadDurable();
    }

    public async Task<BatchView?> Open(BatchOpening opening)
    {
        var state = _timeline.State;
        if (state.Opened is null && state.Count == opening.Rows && state.Content == opening.Content)
        {
            var now = Now();
            var fact = new BatchFact.Opened(
                opening.By, opening.Reason, now, now + WaitsFor, opening.Rows, opening.FourEyes,
                opening.Content);
            await Append(fact, opening.By, DueChange.Exactly(fact.Until));
        }

        return _timeline.State.Opened?.Content == opening.Content ? await Read() : null;
    }

    public async Task<BatchView> Read() => BatchView.Of((await _timeline.ReadDurable()).State, _pace.Rate);

    public async Task<BatchView> ReadBrief() =>
        BatchView.Brief((await _timeline.ReadDurable()).State, _pace.Rate);

    public async Task<BatchAnswer> Decide(BatchDecision decision)
    {
        var state = _timeline.State;
        if (state.Opened is null)
            return new(null, BatchRefusal.None);
        var refusal = BatchRules.Refuse(state, decision, Now());
        var fact = refusal == BatchRefusal.None ? BatchRules.FactOf(state, decision) : null;
        if (decision.DryRun && fact is BatchFact.UndoStarted undo)
            return new(await Read() with { Undo = await _runner.TryAsync(state.Apply(undo)) }, refusal);
        if (!decision.DryRun && fact is not null)
        {
            // A page may have been begun before a crash: it is finished, so that undo knows of all that is
            // done.
            if (fact is BatchFact.Cancelled)
                await DoPageAsync();
            if (_timeline.State.Status == state.Status)
                await Append(fact, decision.By, DueAfter(_timeline.State.Apply(fact)));
        }

        return new(await Read(), refusal);
    }

    public async Task Poke()
    {
        var state = _timeline.State;
        if (state.Status == BatchStatus.Waiting && Now() >= state.Opened!.Until)
        {
            var late = new BatchFact.Declined(BatchState.Clock, "Nobody has approved it in time.");
            await Append(late, BatchState.Clock, DueChange.Clear);
        }
        else if (state.IsUnderWay)
        {
            await DoPageAsync();
        }
    }

    private async Task DoPageAsync()
    {
        _pace.Begin(_timeline.State.Status, services.Time.GetUtcNow());
        var page = await _runner.DoAsync(_timeline.State, PageLength);
        await Append(page, "batch", DueAfter(_timeline.State.Apply(page)));
        _pace.End(page.Rows, services.Time.GetUtcNow());
    }

    private DueChange DueAfter(BatchState next) => next.Status switch
    {
        BatchStatus.Waiting => DueChange.Exactly(next.Opened!.Until),
        BatchStatus.Running or BatchStatus.Undoing => DueChange.Exactly(Now()),
        _ => DueChange.Clear,
    };

    private DateTimeOffset Now() => _timeline.NotBefore(services.Time.GetUtcNow());

    private Task<int> Append(BatchFact fact, string actor, DueChange due)
    {
        var entry = new EntryDraft
        {
            Kind = EntryKind,
            At = Now(),
            Body = new BatchBody(1, [fact]).ToJson(),
            Actor = actor,
            NextDue = due,
        };
        return _timeline.Append(entry, _timeline.State.Apply(fact), 0);
    }
}
