using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Ledger;

/// <summary>
/// The formula of multiplier lines, used when points are earned and again when some come back: a line is the
/// factor less 1, times its base, rounded.
/// </summary>
internal static class Multipliers
{
    /// <summary>What a multiplier acts on: the earn lines or (product) all lines so far.</summary>
    /// <param name="earned">Sum of the wallet's earn lines.</param>
    /// <param name="soFar">The same and the multiplier lines before this one.</param>
    public static Points Base(Stacking stack, Points earned, Points soFar) =>
        stack == Stacking.Product ? soFar : earned;

    /// <summary>
    /// Whether a match is a multiplier of the wallet that counts (of several under <c>best</c>: the largest).
    /// </summary>
    public static bool Counts(Wallet wallet, List<RuleMatch> matches, int at) =>
        Multiplies(wallet, matches[at]) && (wallet.Stack != Stacking.Best || at == Best(wallet, matches));

    private static int Best(Wallet wallet, List<RuleMatch> matches)
    {
        var best = -1;
        for (var i = 0; i < matches.Count; i++)
            if (Multiplies(wallet, matches[i]) && (best < 0 || matches[i].Amount > matches[best].Amount))
                best = i;
        return best;
    }

    private static bool Multiplies(Wallet wallet, in RuleMatch match) =>
        match is { Fault: null, Rule.Action: RuleAction.Multiply multiply } && multiply.Wallet == wallet.Id;
}
