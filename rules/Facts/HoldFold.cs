using MallVip.Rules.Members;

namespace MallVip.Rules.Facts;

/// <summary>How facts about held points change the member's holds.</summary>
internal static class HoldFold
{
    public static MemberState Apply(MemberState state, Fact.PointsHeld fact) => state with
    {
        OpenHolds = state.OpenHolds.Add(new(fact.Hold, fact.Wallet, fact.Amount, fact.Until, fact.Reason)),
    };

    public static MemberState Apply(MemberState state, Fact.HoldEnded fact) =>
        state with { OpenHolds = state.OpenHolds.RemoveAll(hold => hold.Id == fact.Hold) };
}
