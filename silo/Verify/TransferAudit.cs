using MallVip.Grains.Journal;
using MallVip.Rules.Facts;

namespace MallVip.Silo.Verify;

/// <summary>
/// Holds both ends of every transfer together: what left one member arrived with another, came back, or is
/// still on its way, and never twice. The sender's entry comes first: the credit waits for it to be durable.
/// </summary>
internal sealed class TransferAudit
{
    private readonly Dictionary<string, Account> _open = new(StringComparer.Ordinal);

    /// <summary>Transfers that do not add up, one sentence each. Asked at the end.</summary>
    public IEnumerable<string> Problems => _open
        .Where(pair => !pair.Value.AddsUp)
        .Select(pair => $"transfer {pair.Key}: transfer: {pair.Value.Left} left, {pair.Value.Arrived} "
            + $"arrived, {pair.Value.Back} came back.");

    public void Visit(JournalEntry entry, IEnumerable<Fact> facts)
    {
        foreach (var fact in facts)
            Visit(entry.Grain.Id, fact);
    }

    private void Visit(UInt128 member, Fact fact)
    {
        if (fact is Fact.TransferEnded ended)
            AccountOf(ended.Transfer).HasEnded = true;
        if (fact is not Fact.Transferred moved)
            return;
        var account = AccountOf(moved.Transfer);
        if (moved.Amount.Value < 0)
            (account.Sender, account.Left) = (member, account.Left - moved.Amount.Value);
        else if (account.Sender == member)
            account.Back += moved.Amount.Value;
        else
            account.Arrived += moved.Amount.Value;
        if (account.IsOver)
            _open.Remove(moved.Transfer);
    }

    private Account AccountOf(string transfer)
    {
        if (!_open.TryGetValue(transfer, out var account))
            _open.Add(transfer, account = new());
        return account;
    }

    private sealed class Account
    {
        public UInt128? Sender { get; set; }

        public long Left { get; set; }

        public long Arrived { get; set; }

        public long Back { get; set; }

        public bool HasEnded { get; set; }

        public bool IsOver => HasEnded && AddsUp;

        /// <summary>Until it has ended the points may be nowhere but on their way.</summary>
        public bool AddsUp => Arrived + Back == Left || (!HasEnded && Arrived + Back == 0);
    }
}
