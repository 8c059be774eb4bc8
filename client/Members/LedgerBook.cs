using System.Collections.Immutable;
using MallVip.Client.Wire;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Explaining;

namespace MallVip.Client.Members;

/// <summary>Turns entries, newest first, into ledger lines, and walks the balances back as it goes.</summary>
/// <param name="balances">What the wallets held after the newest entry to come.</param>
/// <param name="zone">Of the times.</param>
internal sealed class LedgerBook(ImmutableSortedDictionary<string, long> balances, TimeZoneInfo zone)
{
    private readonly List<LedgerLineBody> _lines = [];
    private readonly ImmutableSortedDictionary<string, long>.Builder _balances = balances.ToBuilder();

    /// <summary>Lines so far.</summary>
    public int Count => _lines.Count;

    /// <summary>The lines, newest first.</summary>
    public ImmutableArray<LedgerLineBody> Lines => [.. _lines];

    /// <summary>What the wallets held before the last entry that was entered.</summary>
    public ImmutableSortedDictionary<string, long> Balances => _balances.ToImmutable();

    /// <summary>Adds the lines of the next older entry.</summary>
    public void Enter(HistoryEntry entry)
    {
        var facts = entry.Body.Facts;
        for (var i = facts.Length - 1; i >= 0; i--)
            if (LedgerChange.Of(facts[i]) is { } change)
                Add(entry, change, EntryLines.NumberOf(facts, i));
    }

    private void Add(HistoryEntry entry, LedgerChange change, int line)
    {
        var balance = _balances.GetValueOrDefault(change.Wallet);
        _balances[change.Wallet] = balance - change.Points;
        _lines.Add(new()
        {
            Kind = change.Kind,
            Wallet = change.Wallet,
            Points = change.Points,
            Pending = change.Pending,
            Balance = balance,
            Rule = change.Why is { } why ? new(why.Rule) : null,
            Funding = FundingBody.Of(change.Funding),
            Reason = ReasonOf(entry, change),
            ActivatesAt = change.Unconfirmed ? null : change.ActivatesAt,
            Unconfirmed = change.Unconfirmed ? true : null,
            ConfirmBy = change.Unconfirmed ? change.ActivatesAt : null,
            ExpiresAt = change.ExpiresAt,
            At = TimeZoneInfo.ConvertTime(entry.At, zone),
            Actor = entry.Actor,
            RulesVersion = entry.RulesVersion,
            Event = EventOf(entry),
            Seq = entry.Seq,
            Line = line,
        });
    }

    /// <summary>What the end of a review does to points is done for its reason.</summary>
    private static string? ReasonOf(HistoryEntry entry, LedgerChange change) =>
        !string.IsNullOrEmpty(change.Reason) ? change.Reason
            : (entry.Body.Command as MemberCommand.EndReview)?.Reason;

    /// <summary>The event of an entry; null: a command or a timer.</summary>
    public static EventRefBody? EventOf(HistoryEntry entry) =>
        entry.Body.Command is MemberCommand.RecordEvent recorded
        ? new(recorded.Event.Source, recorded.Event.Id, recorded.Event.Type, recorded.Event.Time)
        : null;
}
