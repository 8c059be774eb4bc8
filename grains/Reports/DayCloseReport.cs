using MallVip.Grains.Journal;
using MallVip.Grains.Slips;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;

namespace MallVip.Grains.Reports;

/// <summary>
/// A store's days against the till's own file: totals, and each receipt and refund that is only on one side,
/// differs, or has come and does not count yet. A receipt that only an operator has handed in stands apart.
/// By the days on which they happened.
/// </summary>
internal sealed class DayCloseReport(ReportOrder order) : IReport
{
    private readonly ParkedBook _parked = new();
    private readonly KeptBook _kept = new();
    private readonly Dictionary<(string Receipt, string? Refund), Found> _found = [];
    private readonly List<KeptEvent> _early = [];

    public void Visit(in MemberEntry entry)
    {
        foreach (var (fact, happened) in _parked.Follow(entry))
            if (StateOf(fact) is { } state)
                Note(entry, happened, state);
    }

    public void VisitIdentity(JournalEntry entry)
    {
        foreach (var kept in _kept.Follow(entry))
            if (ReceiptName.Of(kept.Event) is { } name && name.Store == order.Store)
                _early.Add(new(name, kept.Event.Time));
    }

    public ReportTable Finish()
    {
        var till = order.Till.ToDictionary(one => (one.Receipt, one.Refund), one => one.Paid);
        foreach (var (name, time) in _early)
            _found.TryAdd(
                (name.Receipt, name.Refund),
                new("unclaimed", name.Paid.Amount, DateOnly.FromDateTime(time.DateTime)));
        var here = _found.Where(found => order.Holds(found.Value.Day) || till.ContainsKey(found.Key))
            .ToDictionary(found => found.Key, found => found.Value);
        string[] whats = ["purchases", "refunds"];
        return new(
            ["what", "receipt", "refund", "till", "counted", "tillPaid", "countedPaid"],
            [
                .. whats.Select(what => Total(what, till, here)),
                .. till.Keys.Union(here.Keys)
                    .OrderBy(name => name.Receipt, StringComparer.Ordinal)
                    .ThenBy(name => name.Refund, StringComparer.Ordinal)
                    .Select(name => Compare(name, till, here)).OfType<object?[]>(),
            ]);
    }

    private static string? StateOf(Fact fact) => fact switch
    {
        Fact.Purchased or Fact.Returned => "counted",
        Fact.EventParked => "waits",
        _ => ParkedBook.EndOf(fact),
    };

    private void Note(in MemberEntry entry, MallEvent? happened, string state)
    {
        if (ReceiptName.Of(happened) is not { } name || name.Store != order.Store)
            return;
        var mall = entry.Programme.Stores.GetValueOrDefault(name.Store)?.Mall.Id;
        _found[(name.Receipt, name.Refund)] = new(
            state, name.Paid.Amount, MemberEntry.DayOf(entry.Programme, mall, happened!.Time))
        {
            IsSlip = SlipSource.Is(happened.Source),
        };
    }

    private static object?[] Total(
        string what, Dictionary<(string, string? Refund), decimal> till,
        Dictionary<(string, string? Refund), Found> here)
    {
        var refunds = what == "refunds";
        var theirs = till.Where(one => one.Key.Refund is not null == refunds).ToList();
        var ours = here.Where(one => one.Key.Refund is not null == refunds && one.Value.State == "counted")
            .ToList();
        return
        [
            what, null, null, (long)theirs.Count, (long)ours.Count, theirs.Sum(one => one.Value),
            ours.Sum(one => one.Value.Paid),
        ];
    }

    /// <summary>Null: both sides agree.</summary>
    private static object?[]? Compare(
        (string Receipt, string? Refund) name, Dictionary<(string, string?), decimal> till,
        Dictionary<(string, string?), Found> here)
    {
        var isTheirs = till.TryGetValue(name, out var paid);
        var isOurs = here.TryGetValue(name, out var found);
        var what = (isTheirs, isOurs) switch
        {
            (true, false) => "missing",
            (false, true) => found!.IsSlip ? "desk" : "extra",
            _ when found!.State != "counted" => found.State,
            _ when found!.Paid != paid => "differs",
            _ => null,
        };
        return what is null ? null
            : [what, name.Receipt, name.Refund, isTheirs ? 1L : 0L, found?.State == "counted" ? 1L : 0L,
                isTheirs ? paid : null, isOurs ? found!.Paid : null];
    }

    private sealed record Found(string State, decimal Paid, DateOnly Day)
    {
        /// <summary>An operator has handed it in.</summary>
        public bool IsSlip { get; init; }
    }

    private readonly record struct KeptEvent(ReceiptName Name, DateTimeOffset Time);
}
