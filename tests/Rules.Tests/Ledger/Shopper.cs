using System.Collections.Immutable;
using System.Globalization;
using MallVip.Rules.Audit;
using MallVip.Rules.Budgets;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Explaining;
using MallVip.Rules.Facts;
using MallVip.Rules.Journaling;
using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Tests.Ledger;

/// <summary>One member, the programme and a clock: what a test of the ledger speaks through.</summary>
internal sealed class Shopper
{
    public static readonly MemberId Id = MemberId.Parse("00000000-0000-0000-0000-000000000001");

    private readonly List<Programme> _versions = [];
    private int _events;

    public Shopper(Programme programme, string at = "2026-11-21T12:00", bool enrol = true)
    {
        Programme = programme;
        Now = At(at);
        if (enrol)
            Do(new MemberCommand.Enrol(Id, Now, null, [], null));
    }

    public Programme Programme { get; set; }

    public DateTimeOffset Now { get; private set; }

    public bool Run { get; set; }

    /// <summary>Who asks.</summary>
    public string? Actor { get; set; }

    public MemberState State { get; private set; } = MemberState.Empty;

    public List<EntryFacts> Journal { get; } = [];

    /// <summary>The same with clock and version.</summary>
    public List<PastEntry> Past { get; } = [];

    /// <summary>How many events were drawn up so far.</summary>
    public int Events => _events;

    /// <summary>What all shoppers together use; several may share it.</summary>
    public BudgetCount Budgets { get; init; } = new();

    public LedgerAudit Auditor { get; } = new();

    /// <summary>The facts of the last entry.</summary>
    public ImmutableArray<Fact> Last => Journal[^1].Facts;

    public IEnumerable<string> Warnings => Last.OfType<Fact.Warned>().Select(warned => warned.Code);

    /// <summary>Shanghai time.</summary>
    public static DateTimeOffset At(string local) =>
        new(DateTime.Parse(local, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    public Shopper Wait(string until)
    {
        Now = At(until);
        return this;
    }

    public Shopper Buys(string store, decimal paid, string? receipt = null, string? at = null,
        int pointsUsed = 0, params PurchaseLine[] lines) =>
        Sends(EventTypes.Purchase, Bought(store, paid, receipt, pointsUsed, lines), at);

    public PurchaseData Bought(string store, decimal paid, string? receipt = null, int pointsUsed = 0,
        params PurchaseLine[] lines) => new()
        {
            Receipt = receipt ?? $"R{_events + 1}",
            Store = store,
            Paid = new(paid),
            PointsUsed = new(pointsUsed),
            Lines = [.. lines],
        };

    public Shopper Sends(string type, EventData data, string? at = null)
    {
        Do(new MemberCommand.RecordEvent(Event(type, data, at)));
        return this;
    }

    public MallEvent Event(string type, EventData data, string? at = null) =>
        new("till", $"e{++_events}", type, at is null ? Now : At(at), data);

    public Shopper Spends(int points, string wallet = "points")
    {
        Do(new MemberCommand.Spend(wallet, new(points), "gift"));
        return this;
    }

    public Shopper Holds(string hold, int points, int minutes = 15)
    {
        Do(new MemberCommand.HoldPoints(hold, "points", new(points), Now.AddMinutes(minutes), "till 3"));
        return this;
    }

    public Shopper Captures(string hold, int? points = null)
    {
        Do(new MemberCommand.CaptureHold(hold, points is { } some ? new(some) : null, "gift"));
        return this;
    }

    public Shopper Becomes(MemberStatus status, string reason = "asked for")
    {
        Do(new MemberCommand.SetStatus(status, reason));
        return this;
    }

    public Shopper Confirms(string receipt, string store = "beauty-hall")
    {
        Do(new MemberCommand.ConfirmPurchase(store, receipt, "seen"));
        return this;
    }

    public Shopper Has(IdentityRef identity)
    {
        Do(new MemberCommand.LinkIdentity(identity));
        return this;
    }

    public Shopper Fires()
    {
        Do(new MemberCommand.FireDue());
        return this;
    }

    public Shopper Returns(
        string store, string receipt, decimal paid, string? refund = null, params RefundLine[] lines) =>
        Sends(EventTypes.Refund, Back(store, receipt, paid, refund, lines));

    public RefundData Back(
        string store, string receipt, decimal paid, string? refund = null, params RefundLine[] lines) => new()
        {
            Refund = refund ?? $"B{_events + 1}",
            Store = store,
            Receipt = receipt,
            Paid = new(paid),
            Lines = [.. lines],
        };

    /// <summary>
    /// Decides a command that must be accepted or change nothing, and checks the ledger afterwards.
    /// </summary>
    public Decision Do(MemberCommand command)
    {
        var decision = Decide(command);
        if (decision is Decision.Rejected rejected)
            Assert.Fail($"{rejected.Rejection}");
        if (decision is not Decision.Accepted accepted)
            return decision;
        Journal.Add(new(Journal.Count + 1, command, accepted.Facts));
        _versions.Add(Programme);
        Past.Add(new(Journal.Count, Now, Actor ?? "test", Programme.Version, command, accepted.Facts));
        State = accepted.State;
        Budgets.Post(accepted.Facts);
        Auditor.Add(Journal.Count, EntryBody.Of(command, accepted.Facts, State));
        Assert.Empty(Auditor.Problems);
        return decision;
    }

    public Rejection Refused(MemberCommand command) =>
        Assert.IsType<Decision.Rejected>(Decide(command)).Rejection;

    /// <summary>Decides, and answers what the decider needs from the journal, as a caller has to.</summary>
    public Decision Decide(MemberCommand command)
    {
        var context = new DecideContext
        {
            Programme = Programme,
            Now = Now,
            Run = Run,
            Entry = Journal.Count
            + 1,
            Actor = Actor,
        };
        var decision = MemberDecider.Decide(State, command, context);
        while (decision is Decision.Needs { Need: var need })
        {
            context = With(context, need);
            decision = MemberDecider.Decide(State, command, context);
        }

        return decision;
    }

    private DecideContext With(DecideContext context, Need need)
    {
        if (need is Need.OfBudgets asked)
            return context with { Budgets = Budgets.Answer(asked.Asks) };
        var purchase = (Need.OfPurchase)need;
        var history = History(purchase.Store, purchase.Receipt);
        return history is null ? context with { Missing = need } : context with { Purchase = history };
    }

    public PurchaseHistory? History(string store, string receipt)
    {
        var at = Journal.FindIndex(entry => entry.Facts.Any(
            fact => fact is Fact.Purchased bought && bought.Store == store && bought.Receipt == receipt));
        return at < 0 ? null
            : PurchaseHistory.From(store, receipt, Replay(at), _versions[at], Journal.Skip(at));
    }

    /// <summary>The fold of the first entries.</summary>
    public MemberState Replay(int entries) => Journal.Take(entries).Aggregate(
        MemberState.Empty, (state, entry) => MemberFold.Apply(state, entry.Facts, entry.Seq));
}
