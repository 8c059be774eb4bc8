using System.Collections.Immutable;
using MallVip.Rules.Budgets;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;

namespace MallVip.Rules.Cases;

/// <summary>A member of a case, decided event by event as in an import run.</summary>
internal sealed class CaseRun(Programme programme, BudgetCount budgets, DateTimeOffset start)
{
    private readonly List<Entry> _entries = [];
    private MemberState _state = MemberState.Empty;
    private DateTimeOffset _now = start;

    /// <summary>The first command that was refused, in a sentence; null: none.</summary>
    public string? FirstRefusal { get; private set; }

    /// <summary>The rules that did something, by full id.</summary>
    public IEnumerable<string> Fired =>
        from entry in _entries
        from fact in entry.Written.Facts
        where FactRule.Of(fact) is not null
        select FactRule.Of(fact)!.Rule;

    public void Do(MemberCommand command, DateTimeOffset at)
    {
        if (Decide(command, at) is Decision.Rejected { Rejection: var refusal })
            FirstRefusal ??= $"{RejectionCatalog.Of(refusal.Kind).Code}: {refusal.Detail}";
    }

    public void Record(MallEvent happened) => Do(CommandOf(happened), happened.Time);

    /// <summary>
    /// Fires what is due by then, so that the outcome is the event's alone, and records it.
    /// </summary>
    public CaseOutcome RecordLast(MallEvent happened)
    {
        if (happened.Type is not CaseEvents.Passing)
            Do(new MemberCommand.FireDue(), happened.Time);
        var before = _state;
        var decision = Decide(CommandOf(happened), happened.Time);
        return new(
            before,
            _state,
            decision is Decision.Accepted ? _entries[^1].Written.Facts : [],
            (decision as Decision.Rejected)?.Rejection);
    }

    private MemberCommand CommandOf(MallEvent happened) => happened.Type switch
    {
        CaseEvents.Passing => new MemberCommand.FireDue(),
        EventTypes.FriendPurchased => Heard(((CustomData)happened.Data).Fields),
        EventTypes.ReceiptContested => Contested(((CustomData)happened.Data).Fields),
        _ => new MemberCommand.RecordEvent(WithCoupons(happened)),
    };

    private static MemberCommand.NoteContest Contested(ImmutableSortedDictionary<string, FieldValue> said) =>
        new(FieldText.Of(said["store"]), FieldText.Of(said["receipt"]));

    private MemberCommand.RecordFriend Heard(ImmutableSortedDictionary<string, FieldValue> said) => new(
        new((UInt128)(_entries.Count + 1)), new(((FieldValue.Number)said["paid"]).Value))
    {
        Identities = said["shared"] is FieldValue.Flag { Value: true } ? [CaseMember.Car] : [],
    };

    /// <summary>A case has no codes: a receipt's <c>coupons</c> name templates, and each means the first
    /// coupon of it that is left.</summary>
    private MallEvent WithCoupons(MallEvent happened)
    {
        if (happened.Data is not PurchaseData { Coupons.IsEmpty: false } bought)
            return happened;
        var numbers = new List<int>();
        foreach (var template in bought.Coupons)
            numbers.Add((_state.Coupons?.Coupons ?? []).FirstOrDefault(coupon =>
                coupon.Template == template && coupon.Left > 0 && !numbers.Contains(coupon.Number)).Number);
        return happened with { Data = bought with { Redeems = [.. numbers] } };
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
        while (decision is Decision.Needs { Need: var need })
        {
            context = With(context, need);
            decision = MemberDecider.Decide(_state, command, context);
        }

        if (decision is Decision.Accepted accepted)
        {
            budgets.Post(accepted.Facts);
            _entries.Add(new(_state, new(_entries.Count + 1, command, accepted.Facts)));
            _state = accepted.State;
        }

        return decision;
    }

    private DecideContext With(DecideContext context, Need need)
    {
        switch (need)
        {
            case Need.OfPurchase purchase:
                var found = HistoryOf(purchase.Store, purchase.Receipt);
                return context with { Purchase = found, Missing = found is null ? need : null };
            case Need.OfBudgets asked:
                return context with { Budgets = budgets.Answer(asked.Asks) };
            default:
                throw new InvalidOperationException($"No case has {need.GetType().Name}.");
        }
    }

    private PurchaseHistory? HistoryOf(string store, string receipt)
    {
        var at = _entries.FindIndex(entry => entry.Records(store, receipt));
        return at < 0 ? null : PurchaseHistory.From(
            store, receipt, _entries[at].Before, programme, _entries.Skip(at).Select(entry => entry.Written));
    }

    private sealed record Entry(MemberState Before, EntryFacts Written)
    {
        public bool Records(string store, string receipt) =>
            Written.Command is MemberCommand.RecordEvent { Event.Data: PurchaseData purchase }
            && purchase.Store == store && purchase.Receipt == receipt;
    }
}

/// <summary>What the last event of a case did.</summary>
internal sealed record CaseOutcome(
    MemberState Before, MemberState After, ImmutableArray<Fact> Facts, Rejection? Rejection);
