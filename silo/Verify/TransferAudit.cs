using System.Collections.Immutable;
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

    /// <summary>Transfers of which both ends are not known yet, or do not agree.</summary>
    public int Open => _open.Count;

    /// <summary>Takes in an entry.</summary>
    /// <param name="member">Whose it is.</param>
    public void Visit(UInt128 member, ImmutableArray<Fact> facts)
    {
        foreach (var fact in facts)
            if (fact is Fact.Transferred moved)
                AccountOf(moved.Transfer).Post(member, moved.Amount.Value);
        foreach (var fact in facts)
            if (fact is Fact.TransferEnded ended)
                End(ended.Transfer);
    }

    /// <summary>What is over and adds up needs no account any more: there are few, however long the journal
    /// is.</summary>
    private void End(string transfer)
    {
        var account = AccountOf(transfer);
        account.HasEnded = true;
        if (account.AddsUp)
            _open.Remove(transfer);
    }

    private Account AccountOf(string transfer)
    {
        if (!_open.TryGetValue(transfer, out var account))
            _open.Add(transfer, account = new());
        return account;
    }

    private sealed class Account
    {
        private UInt128? _sender;

        public long Left { get; private set; }

        public long Arrived { get; private set; }

        public long Back { get; private set; }

        public bool HasEnded { get; set; }

        /// <summary>Until it has ended the points may be nowhere but on their way.</summary>
        public bool AddsUp => Arrived + Back == Left || (!HasEnded && Arrived + Back == 0);

        public void Post(UInt128 member, long amount)
        {
            if (amount < 0)
                (_sender, Left) = (member, Left - amount);
            else if (_sender == member)
                Back += amount;
            else
                Arrived += amount;
        }
    }
}
