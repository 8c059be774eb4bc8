using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Audit;

/// <summary>Members who become a part of others: their accounts go along, the empty lots too.</summary>
public sealed partial class LedgerAudit
{
    private int _lotsFrom;

    private void Merge(Fact fact, Func<MemberId, LedgerAudit?>? others)
    {
        switch (fact)
        {
            case Fact.Absorbed absorbed:
                Absorb(absorbed, others?.Invoke(absorbed.Member));
                break;
            case Fact.WalletJoined joined:
                Join(joined, others?.Invoke(joined.Member));
                Draw(joined.Settled, joined.Settled.Sum(part => part.Amount.Value), 0);
                break;
            case Fact.WalletLeft left:
                Compare(new(left.Wallet, left.Balance, left.Pending));
                break;
            case Fact.MergeEnded { Refused: null }:
                _wallets.Clear();
                _lots.Clear();
                _coupons.Clear();
                _orders.Clear();
                _reviews.Clear();
                _tier = null;
                break;
            default:
                break;
        }
    }

    private void Absorb(Fact.Absorbed fact, LedgerAudit? other)
    {
        var lots = other?._newestLot ?? fact.State.NextLot - 1;
        if (lots != fact.State.NextLot - 1)
            Report("merge", $"{fact.Member} has had {lots} lots, the entry says {fact.State.NextLot - 1}.");
        (_lotsFrom, _newestLot) = (_newestLot, _newestLot + lots);
        _coupons.Join(fact.State.Coupons);
        _orders.Join(fact.State.Orders);
        _reviews.Join(fact.State.Reviews, _lotsFrom, Report);
        foreach (var hold in fact.State.OpenHolds)
            _holds.Open(new(hold.Id, hold.Wallet, hold.Amount, hold.Until, hold.Reason), Report);
    }

    private void Join(Fact.WalletJoined fact, LedgerAudit? other)
    {
        var (wallet, own) = (fact.Sums.Wallet, Account(fact.Sums.Wallet));
        if (other is null)
        {
            own.Add(fact.Sums);
            foreach (var lot in fact.Lots)
                Take(lot.Number, LotAccount.Of(lot));
            return;
        }

        own.Add(other.Account(wallet));
        foreach (var (number, lot) in other._lots.Where(pair => pair.Value.Wallet == wallet))
            Take(number + _lotsFrom, lot);
        Compare(fact, other);
    }

    private void Take(int number, LotAccount lot)
    {
        _lots[number] = lot;
        Hold(lot, lot.Left);
    }

    private void Compare(Fact.WalletJoined fact, LedgerAudit other)
    {
        var (said, known) = (fact.Sums, other.Account(fact.Sums.Wallet));
        if (said.Balance.Value != known.Balance || said.Pending.Value != known.Pending
            || said.Earned.Value != known.Earned || said.Spent.Value != known.Spent
            || said.Expired.Value != known.Expired || said.Reversed.Value != known.Reversed)
            Report("merge",
                $"Wallet {said.Wallet} comes with {said.Balance} and {said.Pending} pending, " +
                $"{fact.Member} had {known.Balance} and {known.Pending}.");
        var lots = fact.Lots.ToDictionary(lot => lot.Number - _lotsFrom, lot => lot.Remaining.Value);
        var left = other._lots
            .Where(pair => pair.Value.Wallet == said.Wallet && pair.Value.Left > 0)
            .ToDictionary(pair => pair.Key, pair => pair.Value.Left);
        if (lots.Count != left.Count || left.Any(pair => lots.GetValueOrDefault(pair.Key) != pair.Value))
            Report("merge", $"The lots of wallet {said.Wallet} are not those that {fact.Member} had.");
    }
}
