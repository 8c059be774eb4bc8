using MallVip.Rules.Members;

namespace MallVip.Rules.Facts;

/// <summary>How referrals change the two members.</summary>
internal static class ReferralFold
{
    public static MemberState Apply(MemberState state, Fact.ReferralCompleted fact) => state with
    {
        Referral = new(
            state.Referral?.Friend ?? state.Id!.Value, fact.Store, fact.Receipt, fact.Paid, fact.At,
            fact.TellAt),
    };

    public static MemberState Apply(MemberState state, Fact.ReferralPostponed fact) =>
        state with { Referral = state.Referral! with { DriveAt = fact.Until } };

    public static MemberState Apply(MemberState state, Fact.ReferralEnded fact) =>
        state with { Referral = state.Referral! with { Ended = fact.How } };
}
