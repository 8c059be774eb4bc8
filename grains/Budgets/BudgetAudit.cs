using System.Collections.Immutable;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Facts;

namespace MallVip.Grains.Budgets;

/// <summary>
/// Adds budgets up again from a whole journal, in its order: what members used, lease by lease, against what
/// was lent and what was there. It knows what the entries mean and nothing of the live code's arithmetic.
/// </summary>
public sealed class BudgetAudit
{
    private readonly Dictionary<GrainKey, Book> _books = [];
    private readonly List<string> _problems = [];

    /// <summary>One sentence each.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Reads a budget's own entry.</summary>
    /// <exception cref="JournalDamagedException">It cannot be read.</exception>
    public void VisitBudget(JournalEntry entry)
    {
        if (!_books.TryGetValue(entry.Grain, out var book))
            _books.Add(entry.Grain, book = new());
        foreach (var fact in BudgetBody.Parse(entry.Body).Facts)
            switch (fact)
            {
                case BudgetFact.Leased leased:
                    Lend(entry, book, leased);
                    break;
                case BudgetFact.Closed closed:
                    End(entry, book, closed);
                    break;
                default:
                    throw new InvalidOperationException($"Unknown fact {fact.GetType().Name}.");
            }
    }

    /// <summary>Reads what a member's entry used.</summary>
    public void VisitMember(JournalEntry entry, ImmutableArray<Fact> facts)
    {
        foreach (var fact in facts)
            if (fact is Fact.BudgetUsed used)
                Use(entry, used);
    }

    private void Lend(JournalEntry entry, Book book, BudgetFact.Leased leased)
    {
        book.Total = Math.Max(book.Total, leased.Total);
        book.Leases[entry.Seq] = new(leased.Amount);
        var open = book.Leases.Values.Where(lease => !lease.IsClosed).Sum(lease => lease.Amount);
        var closed = book.Leases.Values.Where(lease => lease.IsClosed).Sum(lease => lease.Used);
        if (leased.Amount < 0 || (leased.Amount > 0 && open + closed > leased.Total))
            Report(entry, "budget_lent", $"{open} lent and {closed} used are more than {leased.Total}.");
    }

    private void End(JournalEntry entry, Book book, BudgetFact.Closed closed)
    {
        if (!book.Leases.TryGetValue(closed.Lease, out var lease) || lease.IsClosed)
            Report(entry, "budget_lease", $"Lease {closed.Lease} is not open.");
        else if (lease.Used != closed.Used)
            Report(entry, "budget_used",
                $"Lease {closed.Lease} ends with {closed.Used} used; members' entries say {lease.Used}.");
        else
            lease.IsClosed = true;
    }

    private void Use(JournalEntry entry, Fact.BudgetUsed used)
    {
        var (asked, granted, amount) = (used.Asked.Value, used.Granted.Value, used.Amount.Value);
        var fits = asked < 0
            ? granted == asked && amount == asked
            : amount >= 0 && amount <= granted && granted <= asked;
        if (!fits)
            Report(entry, "budget_ask", $"{asked} asked, {granted} granted, {amount} used.");
        if (granted == 0 || (used.Lease == 0 && Actors.IsTest(entry.Actor)))
            return;
        if (!_books.TryGetValue(BudgetName.ToJournal(used.Budget), out var book)
            || !book.Leases.TryGetValue(used.Lease, out var lease) || lease.IsClosed)
        {
            Report(entry, "budget_lease", $"{used.Budget} has no open lease {used.Lease}.");
            return;
        }

        lease.Used += amount;
        book.Used += amount;
        if (lease.Used > lease.Amount)
            Report(entry, "budget_lease", $"{lease.Used} used of lease {used.Lease} with {lease.Amount}.");
        if (book.Used > book.Total)
            Report(entry, "budget_total", $"{book.Used} used of {used.Budget}, which holds {book.Total}.");
    }

    private void Report(JournalEntry entry, string code, string detail) =>
        _problems.Add($"{entry.Grain} {entry.Seq}: {code}: {detail}");

    private sealed class Book
    {
        public long Total { get; set; }

        public long Used { get; set; }

        public Dictionary<long, Lent> Leases { get; } = [];
    }

    private sealed class Lent(long amount)
    {
        public long Amount => amount;

        public long Used { get; set; }

        public bool IsClosed { get; set; }
    }
}
