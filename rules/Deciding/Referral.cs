using System.Globalization;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;
using MallVip.Rules.Identities;
using MallVip.Rules.Members;

namespace MallVip.Rules.Deciding;

/// <summary>Who brought the member, as an event of the member says.</summary>
internal static class Referral
{
    /// <summary>Recorded once; nobody brings themselves.</summary>
    public static void Set(DecisionDraft draft, MemberData data)
    {
        if (data.Referrer is not { } referrer || referrer == draft.State.Referrer)
            return;
        if (draft.State.Referrer is not null)
            draft.Warn(WarningCodes.ReferrerIgnored, "Another referrer is on record.");
        else if (IsSelf(draft.State, referrer))
            draft.Warn(WarningCodes.ReferrerIgnored, "The referrer is the member.");
        else
            draft.Add(new Fact.Referred(referrer));
    }

    /// <summary>The first purchase of a member who was brought before it: the referrer is owed a notice.
    /// After a return that undid it the next one is the first.</summary>
    /// <param name="before">The member as of before the event.</param>
    public static void Complete(DecisionDraft draft, EventScope scope, MemberState before)
    {
        if (draft.State.Referrer is null || scope.Event.Data is not PurchaseData purchase
            || !(before.Referral is { Ended: ReferralState.Returned }
                || (before.Referral is null && before.Purchases == 0)))
            return;
        draft.Add(new Fact.ReferralCompleted(
            purchase.Store, purchase.Receipt, purchase.Paid, draft.Now,
            draft.Now.AddDays(draft.Programme.ReferralWaitDays)));
    }

    /// <summary>All of the first purchase is back before the referrer has been told: nobody is.</summary>
    public static void Withdraw(DecisionDraft draft, PurchaseData purchase)
    {
        if (draft.State.Referral is { Ended: null } owed && owed.Store == purchase.Store
            && owed.Receipt == purchase.Receipt)
            draft.Add(new Fact.ReferralEnded(ReferralState.Returned));
    }

    private static bool IsSelf(MemberState member, IdentityRef referrer) =>
        referrer.Kind == IdentityText.Member
            ? referrer.Handle == member.Id?.Value.ToString("x32", CultureInfo.InvariantCulture)
            : member.Identities.Contains(referrer);
}
