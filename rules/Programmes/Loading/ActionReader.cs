using MallVip.Rules.Checking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads what a rule does: exactly one of earn, multiply, tag, untag.</summary>
internal sealed class ActionReader(Declarations declared, Findings findings)
{
    private static readonly string[] Actions = ["earn", "multiply", "tag", "untag"];

    /// <summary>The amount of the action read last.</summary>
    public YamlScalar? Amount { get; private set; }

    /// <summary>Null: none or several, or its shape did not fit; a finding says which.</summary>
    public RuleAction? Read(YamlScalar rule, YamlMap map)
    {
        var said = map.Entries.Where(entry => Actions.Contains(entry.Key.Value, StringComparer.Ordinal))
            .ToArray();
        if (said.Length == 0)
            findings.Error(rule.Place, "RULE_NO_ACTION", rule.Value);
        if (said.Length > 1)
            findings.Error(said[1].Key.Place, "RULE_TWO_ACTIONS", rule.Value, said[0].Key.Value,
                said[1].Key.Value);
        return said is [var action] ? ReadOne(action) : null;
    }

    private RuleAction? ReadOne(YamlEntry action)
    {
        var map = action.Value as YamlMap;
        var scalar = action.Value as YamlScalar;
        switch (action.Key.Value)
        {
            case "earn" when map is not null && WalletOf(action.Key, map) is { } wallet:
                Amount = map.Scalar("amount");
                return Amount is null ? null : new RuleAction.Earn(wallet, RoundOf(map));
            case "multiply" when map is not null && WalletOf(action.Key, map) is { } wallet:
                Amount = map.Scalar("by");
                return Amount is null ? null : new RuleAction.Multiply(wallet, RoundOf(map));
            case "tag" when (map?.Text("name") ?? scalar?.Value) is { } name:
                return new RuleAction.Tag(
                    name, Forms.ReadDays(map?.Text("for")) is { } days ? TimeSpan.FromDays(days) : null);
            case "untag" when scalar is not null:
                return new RuleAction.Untag(scalar.Value);
            default:
                return null;
        }
    }

    private string? WalletOf(YamlScalar action, YamlMap map)
    {
        if (map.Scalar("wallet") is not { } named)
            return DefaultWallet(action);
        if (declared.Wallets.Any(wallet => string.Equals(wallet.Id, named.Value, StringComparison.Ordinal)))
            return named.Value;
        findings.Unknown(named.Place, "WALLET_UNKNOWN", named.Value,
            declared.Wallets.Select(wallet => wallet.Id));
        return null;
    }

    private string? DefaultWallet(YamlScalar action)
    {
        var wallet = declared.Wallets.FirstOrDefault(candidate => candidate.Spendable);
        if (wallet is null)
            findings.Error(action.Place, "WALLET_NOT_NAMED");
        return wallet?.Id;
    }

    private static Rounding RoundOf(YamlMap map) => Words<Rounding>.Read(map.Text("round")) ?? Rounding.Floor;
}
