using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>A rule whose expressions are still text.</summary>
/// <param name="Id">The rule's own id, with its place.</param>
/// <param name="When">Null: always.</param>
/// <param name="Amount">Earn and multiply only.</param>
/// <param name="Until">When the tag ends. Tag only.</param>
/// <param name="Values">Set and effects only.</param>
internal sealed record DraftRule(
    Rule Rule, YamlScalar Id, YamlScalar? When, YamlScalar? Amount, YamlScalar? Until,
    IReadOnlyList<DraftValue> Values);

/// <summary>A value whose expression is still text.</summary>
/// <param name="Field">The attribute whose value it is; null: anything that can be kept.</param>
internal sealed record DraftValue(string Name, YamlScalar Source, AttributeType? Field);

/// <summary>A file with rules.</summary>
internal sealed record RuleFile(string Path, YamlScalar RuleSet, IReadOnlyList<DraftRule> Rules,
    YamlList? Cases);
