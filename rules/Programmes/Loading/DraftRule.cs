using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>A rule whose expressions are still text.</summary>
/// <param name="Id">The rule's own id, with its place.</param>
/// <param name="When">Null: always.</param>
/// <param name="Amount">Earn and multiply only.</param>
internal sealed record DraftRule(Rule Rule, YamlScalar Id, YamlScalar? When, YamlScalar? Amount);

/// <summary>A file with rules.</summary>
internal sealed record RuleFile(string Path, YamlScalar RuleSet, IReadOnlyList<DraftRule> Rules,
    YamlList? Cases);
