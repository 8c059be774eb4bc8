using MallVip.Rules.Facts;

namespace MallVip.Rules.Audit;

/// <summary>The auditor's own account of what is set aside.</summary>
internal sealed class HoldAccounts
{
    private readonly Dictionary<string, (string Wallet, long Amount)> _open = new(StringComparer.Ordinal);

    /// <summary>What of a wallet is held.</summary>
    public long Held(string wallet) =>
        _open.Values.Where(hold => hold.Wallet == wallet).Sum(hold => hold.Amount);

    public void Open(Fact.PointsHeld fact, Action<string, string> report)
    {
        if (fact.Amount.Value <= 0 || !_open.TryAdd(fact.Hold, (fact.Wallet, fact.Amount.Value)))
            report("hold", $"{fact.Amount} cannot be held as {fact.Hold}.");
    }

    public void Close(Fact.HoldEnded fact, Action<string, string> report)
    {
        if (!_open.Remove(fact.Hold, out var hold) || hold != (fact.Wallet, fact.Amount.Value))
            report("hold", $"Hold {fact.Hold} of {fact.Amount} ends, but is not open as such.");
    }
}
