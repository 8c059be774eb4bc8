using System.Collections.Frozen;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Reads what of a receipt counts as paid with rewards.</summary>
internal static class RewardReader
{
    /// <summary>Kinds of tenders that rules do not see; empty: none, or they earn as well.</summary>
    public static FrozenSet<string> Read(YamlMap? rewards) =>
        rewards?.Text("earn") is "after" && rewards["tenders"] is YamlList tenders
            ? tenders.Items.OfType<YamlScalar>().Select(tender => tender.Value)
                .ToFrozenSet(StringComparer.Ordinal)
            : [];
}
