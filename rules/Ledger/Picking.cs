using MallVip.Rules.Programmes;

namespace MallVip.Rules.Ledger;

/// <summary>
/// Decides inside groups which earn rules count for one wallet: before rounding, limits and caps, so that a
/// rule whose limit is used up still stands for its group.
/// </summary>
internal readonly struct Picking
{
    private readonly Dictionary<string, int>? _chosen;

    private Picking(Dictionary<string, int>? chosen) => _chosen = chosen;

    public static Picking Of(string wallet, List<RuleMatch> matches)
    {
        Dictionary<string, int>? chosen = null;
        for (var i = 0; i < matches.Count; i++)
            if (matches[i].Rule.Group is { Pick: not Pick.All } group && Earns(matches[i], wallet))
                Offer(chosen ??= new(StringComparer.Ordinal), group, matches, i);
        return new(chosen);
    }

    /// <summary>Whether a match counts; one without a group always does.</summary>
    public bool Counts(List<RuleMatch> matches, int at) =>
        matches[at].Rule.Group is not { Pick: not Pick.All } group || _chosen?[group.Id] == at;

    public static bool Earns(in RuleMatch match, string wallet) =>
        match is { Fault: null, Rule.Action: RuleAction.Earn earn } && earn.Wallet == wallet;

    private static void Offer(
        Dictionary<string, int> chosen, RuleGroup group, List<RuleMatch> matches, int at)
    {
        if (!chosen.TryGetValue(group.Id, out var present)
            || (group.Pick == Pick.Best && matches[at].Amount > matches[present].Amount))
            chosen[group.Id] = at;
    }
}
