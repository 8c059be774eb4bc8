using System.Collections.Frozen;
using System.Collections.Immutable;
using MallVip.Rules.Programmes;

namespace MallVip.System.Tests.Api;

/// <summary>Names for texts: two wallets and two tiers. It has no rules.</summary>
internal static class SampleProgramme
{
    public static Programme Instance { get; } = new()
    {
        Version = new string('0', 64),
        Zone = TimeZoneInfo.Utc,
        Malls = FrozenDictionary<string, Mall>.Empty,
        Stores = FrozenDictionary<string, Store>.Empty,
        Wallets = [new("points", "积分"), new("growth", "成长值") { Spendable = false }],
        Tiers = [new("silver", "银卡", 0, null, null), new("gold", "金卡", 1, null, null)],
        Attributes = FrozenDictionary<string, AttributeType>.Empty,
        EventTypes = FrozenDictionary<string, CustomEventType>.Empty,
        ParkingLots = FrozenDictionary<string, ParkingLot>.Empty,
        Matcher = new NoMatcher(),
        Sources = ImmutableSortedDictionary<string, string>.Empty,
    };

    private sealed class NoMatcher : IRuleMatcher
    {
        public void Match(EvalContext context, List<RuleMatch> matches)
        {
        }
    }
}
