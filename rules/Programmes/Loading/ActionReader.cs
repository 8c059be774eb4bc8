using MallVip.Rules.Checking;
using MallVip.Rules.Facts;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads what a rule does: exactly one of its actions.</summary>
internal sealed class ActionReader(Declarations declared, Findings findings)
{
    private readonly MemberActionReader _members = new(declared, findings);
    private readonly EffectReader _effects = new(declared, findings);

    /// <summary>The keys of a rule that say what it does.</summary>
    public static IReadOnlyList<string> Actions { get; } =
        ["earn", "multiply", "tag", "untag", "set", "tier", "review", .. Words<EffectKind>.All];

    /// <summary>Null: none or several, or its shape did not fit; a finding says which.</summary>
    public DraftAction? Read(YamlScalar rule, YamlMap map)
    {
        var said = map.Entries.Where(entry => Actions.Contains(entry.Key.Value, StringComparer.Ordinal))
            .ToArray();
        if (said.Length == 0)
            findings.Error(rule.Place, "RULE_NO_ACTION", rule.Value, string.Join("`, `", Actions));
        if (said.Length > 1)
            findings.Error(said[1].Key.Place, "RULE_TWO_ACTIONS", rule.Value, said[0].Key.Value,
                said[1].Key.Value);
        return said is [var action] ? ReadOne(action) : null;
    }

    private DraftAction? ReadOne(YamlEntry action)
    {
        var map = action.Value as YamlMap;
        return action.Key.Value switch
        {
            "earn" => map is not null && map.Scalar("amount") is { } amount &&
                WalletOf(action.Key, map) is { } wallet
                ? new(new RuleAction.Earn(wallet, RoundOf(map)), amount)
                : null,
            "multiply" => map is not null && map.Scalar("by") is { } by &&
                WalletOf(action.Key, map) is { } wallet
                ? new(new RuleAction.Multiply(wallet, RoundOf(map)), by)
                : null,
            "tag" => _members.Tag(action.Value),
            "untag" => _members.Untag(action.Value),
            "set" => _members.Set(map),
            "tier" => _members.Tier(action.Value),
            "review" => action.Value is YamlScalar { IsNull: false } reason
                ? new(new RuleAction.Review(reason.Value))
                : null,
            _ => Words<EffectKind>.Read(action.Key.Value) is { } kind
                ? _effects.Read(kind, action.Value)
                : null,
        };
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

/// <summary>An action and its expressions.</summary>
internal sealed record DraftAction(RuleAction Action, YamlScalar? Amount = null)
{
    /// <summary>When the tag ends; null: no condition.</summary>
    public YamlScalar? Until { get; init; }

    public IReadOnlyList<DraftValue> Values { get; init; } = [];
}
