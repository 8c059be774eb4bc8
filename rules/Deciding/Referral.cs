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

    private static bool IsSelf(MemberState member, IdentityRef referrer) =>
        referrer.Kind == IdentityText.Member
            ? referrer.Handle == member.Id?.Value.ToString("x32", CultureInfo.InvariantCulture)
            : member.Identities.Contains(referrer);
}
