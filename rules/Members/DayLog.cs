using System.Collections.Immutable;

namespace MallVip.Rules.Members;

/// <summary>Spend and visits per mall-local day, compact and immutable.</summary>
public sealed record DayLog(ImmutableArray<byte> Packed)
{
    public static DayLog Empty { get; } = new([]);
}
