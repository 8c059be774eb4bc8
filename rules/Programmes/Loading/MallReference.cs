using System.Collections.Frozen;
using MallVip.Rules.Checking;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>Which mall a store or car park belongs to.</summary>
internal static class MallReference
{
    /// <summary>The named mall, else the only one. Null: a finding says why.</summary>
    public static Mall? Find(
        YamlScalar? named, YamlScalar owner, FrozenDictionary<string, Mall> malls, Findings findings)
    {
        if (named is null)
        {
            if (malls.Count == 1)
                return malls.Values[0];
            if (malls.Count > 1)
                findings.Error(owner.Place, "MALL_NOT_NAMED", owner.Value);
            return null;
        }

        if (malls.TryGetValue(named.Value, out var mall))
            return mall;
        findings.Unknown(named.Place, "MALL_UNKNOWN", named.Value, malls.Keys.Order(StringComparer.Ordinal));
        return null;
    }
}
