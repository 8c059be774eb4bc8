using MallVip.Rules.Quantities;

namespace MallVip.Rules.Programmes;

/// <summary>In which amounts a wallet is spent: <paramref name="From"/>, and whole steps more.</summary>
/// <param name="From">The least. 1 or more.</param>
/// <param name="Step">1 or more.</param>
public sealed record SpendSteps(long From, long Step)
{
    public bool Allows(Points amount) => amount.Value >= From && (amount.Value - From) % Step == 0;
}
