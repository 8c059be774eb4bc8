using System.Collections.Immutable;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Cases;

/// <summary>A member of a case, decided event by event as in an import run.</summary>
internal sealed class CaseRun(Programme programme, DateTimeOffset start)
{
    private readonly List<Entry> _entries = [];
    private MemberState _state = MemberState.Empty;
    private DateTimeOffset _now = start;

    /// <summary>The first command that was refused, in a sentence; null: none.</summary>
    public string? FirstRefusal { get; private set; }

    public void Do(MemberCommand command, DateTimeOffset at)
    {
        if (Decide(command, at) is Decision.Rejected { Rejection: var refusal })
            FirstRefusal ??= $"{RejectionCatalog.Of(refusal.Kind).Code}: {refusal.Detail}";
    }

    public void Record(MallEvent happened) => Do(new MemberCommand.RecordEvent(happened), happened.Time);

    /// <summary>
    /// Fires what is due by then, so that the outcome is the event's alone, and records it.
    /// </summary>
    public CaseOutcome RecordLast(MallEvent happened)
    {
        Do(new MemberCommand.FireDue(), happened.Time);
        var before = _state;
        var decision = Decide(new MemberCommand.RecordEvent(happened), happened.Time);
        return new(
            before,
            _state,
            decision is Decision.Accepted ? _entries[^1].Facts : [],
            (decision as Decision.Rejected)?.Rejection);
    }

    private Decision Decide(MemberCommand command, DateTimeOffset at)
    {
        _now = at > _now ? at : _now;
        var context = new DecideContext
        {
            Programme = programme,
            Now = _now,
            Run = true,
            Entry = _entries.Count + 1,
            Purchase = command is MemberCommand.RecordEvent { Event.Data: PurchaseData bought }
                ? HistoryOf(bought.Store, bought.Receipt)
                : null,
        };
        var decision = MemberDecider.Decide(_state, command, context);
        if (decision is Decision.Needs { Need: Need.OfPurchase need })
        {
            var found = HistoryOf(need.Store, need.Receipt);
            context = context with { Purchase = found, Missing = found is null ? need : null };
            decision = MemberDecider.Decide(_state, command, context);
        }

        if (decision is Decision.Accepted accepted)
        {
            var happened = (command as MemberCommand.RecordEvent)?.Event;
            _entries.Add(new(_entries.Count + 1, _state, happened, accepted.Facts));
            _state = accepted.State;
        }

        return decision;
    }

    private PurchaseHistory? HistoryOf(string store, string receipt)
    {
        var at = _entries.FindIndex(entry => entry.Event?.Data is PurchaseData purchase &&
            purchase.Store == store && purchase.Receipt == receipt);
        if (at < 0)
            return null;
        var entry = _entries[at];
        var returned = _entries.Skip(at + 1)
            .Where(later => later.Facts.OfType<Fact.Returned>().Any(fact => fact.Entry == entry.Number))
            .ToArray();
        var lots = entry.Facts.OfType<Fact.Earned>().Select(fact => fact.Lot).ToHashSet();
        var expired = _entries.Skip(at).SelectMany(later => later.Facts).OfType<Fact.Expired>()
            .Where(fact => lots.Contains(fact.Lot))
            .GroupBy(fact => fact.Lot)
            .ToImmutableDictionary(lot => lot.Key, lot => new Points(lot.Sum(fact => fact.Amount.Value)));
        return new(
            entry.Event!,
            entry.Number,
            entry.Before,
            programme,
            entry.Facts,
            [.. returned.SelectMany(later => later.Facts).OfType<Fact.Returned>()],
            [.. returned.SelectMany(later => later.Facts).OfType<Fact.Reversed>()],
            expired);
    }

    private sealed record Entry(long Number, MemberState Before, MallEvent? Event,
        ImmutableArray<Fact> Facts);
}

/// <summary>What the last event of a case did.</summary>
internal sealed record CaseOutcome(
    MemberState Before, MemberState After, ImmutableArray<Fact> Facts, Rejection? Rejection);
