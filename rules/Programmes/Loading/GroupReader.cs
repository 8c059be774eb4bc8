using MallVip.Rules.Checking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>The groups of one rule file, and which one a rule names.</summary>
internal sealed class GroupReader
{
    private readonly Dictionary<string, RuleGroup> _groups = new(StringComparer.Ordinal);
    private readonly Findings _findings;

    public GroupReader(string ruleSet, YamlMap? groups, Findings findings)
    {
        _findings = findings;
        foreach (var (id, value) in groups?.Entries ?? [])
        {
            var pick = Words<Pick>.Read((value as YamlMap)?.Text("pick") ?? (value as YamlScalar)?.Value);
            _groups[id.Value] = new($"{ruleSet}/{id.Value}", pick ?? Pick.All);
        }
    }

    /// <summary>Null: the rule names none, or one that is not declared; then a finding says so.</summary>
    public RuleGroup? Of(YamlMap rule, RuleAction? action)
    {
        if (rule.Scalar("group") is not { } named)
            return null;
        if (action is not null and not RuleAction.Earn)
            _findings.Error(rule.Entry("group")!.Key.Place, "GROUP_NOT_EARN");
        if (_groups.TryGetValue(named.Value, out var group))
            return group;
        _findings.Unknown(named.Place, "GROUP_UNKNOWN", named.Value, _groups.Keys);
        return null;
    }
}
