using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Reports;

/// <summary>Events that are accepted and wait, member by member, as the entries come.</summary>
internal sealed class ParkedBook
{
    private readonly Dictionary<(MemberId Member, long Entry), Parked> _waiting = [];
    private readonly Dictionary<MemberId, long> _absorbed = [];

    /// <summary>What waits by now.</summary>
    public IReadOnlyDictionary<(MemberId Member, long Entry), Parked> Waiting => _waiting;

    /// <summary>Follows an entry, and tells which event stands behind each of its facts.</summary>
    public IEnumerable<(Fact Fact, MallEvent? Event)> Follow(MemberEntry entry)
    {
        var happened = default(MallEvent);
        foreach (var fact in entry.Facts)
        {
            if (fact is Fact.EventCounted)
                happened = (entry.Body.Command as MemberCommand.RecordEvent)?.Event;
            else if (fact is Fact.EventSettled settled)
                happened = _waiting.Remove((entry.Member, settled.Entry), out var parked)
                    ? parked.Event
                    : null;
            else if (fact is Fact.Fired)
                happened = null;
            yield return (fact, happened);
            if (fact is Fact.Absorbed absorbed)
                Carry(entry.Member, absorbed);
            if (fact is Fact.EventParked waits)
                _waiting.Add((entry.Member, entry.Entry.Seq), new(waits.Event, entry.Entry.At, waits.Until));
        }
    }

    /// <summary>What waited with one member waits with the other after a merge.</summary>
    private void Carry(MemberId member, Fact.Absorbed fact)
    {
        var from = _absorbed.GetValueOrDefault(member);
        foreach (var parked in fact.State.Parked)
            if (_waiting.Remove((fact.Member, parked.Entry), out var waits))
                _waiting.Add((member, ParkedEvent.Carried(parked.Entry, from, fact.Entries)), waits);
        _absorbed[member] = from + fact.Entries + fact.State.Absorbed.Sum(earlier => earlier.Entries);
    }

    /// <summary>Whether a warning says that a refund which waited took nothing back.</summary>
    public static string? EndOf(Fact fact) => fact is Fact.Warned warned
        ? warned.Code switch
        {
            WarningCodes.RefundUnmatched => "given-up",
            WarningCodes.RefundDropped => "dropped",
            _ => null,
        }
        : null;
}

/// <summary>An event that waits.</summary>
/// <param name="Since">When it came, on the clock of its entry.</param>
/// <param name="Until">When a refund that waits for its purchase is given up; null: it waits for its
/// store.</param>
internal sealed record Parked(MallEvent Event, DateTimeOffset Since, DateTimeOffset? Until)
{
    /// <summary>What it waits for.</summary>
    public string What => Until is null ? "waits-for-store" : "waits-for-purchase";
}

/// <summary>What a purchase or refund is known by.</summary>
/// <param name="Refund">Null: a purchase.</param>
internal readonly record struct ReceiptName(string Store, string Receipt, string? Refund, Money Paid)
{
    /// <summary>Null: neither a purchase nor a refund.</summary>
    public static ReceiptName? Of(MallEvent? happened) => happened?.Data switch
    {
        PurchaseData bought => new(bought.Store, bought.Receipt, null, bought.Paid),
        RefundData back => new(back.Store, back.Receipt, back.Refund, back.Paid),
        _ => null,
    };
}
