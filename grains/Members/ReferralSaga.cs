using System.Globalization;
using MallVip.Grains.Identities;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Rules.Commands;
using MallVip.Rules.Deciding;
using MallVip.Rules.Identities;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Members;

/// <summary>
/// Tells a referrer of a friend's first purchase, then the friend that it was heard. The notice has a key
/// that is made of the friend's name, so that it counts once however often it is given: by the friend's
/// timer, after a crash at any step. </summary>
public sealed class ReferralSaga(IGrainFactory grains)
{
    /// <summary>Tells whom a member owes a notice that is due; looks again later where nobody is found.
    /// </summary>
    /// <param name="friend">How the member who was brought is told.</param>
    public async Task DriveAsync(
        MemberState state, DateTimeOffset now, Func<MemberRequest, Task<MemberAnswer>> friend)
    {
        if (state.Merge is not null || state.Referral is not { Ended: null } owed || owed.DriveAt > now)
            return;
        var how = await TellAsync(state, owed);
        var step = MemberRequest.Due with
        {
            Command = how is null
                ? new MemberCommand.MissReferrer(owed.Friend)
                : new MemberCommand.EndReferral(owed.Friend, how),
        };
        await Retry.OnFailedAppend(() => friend(step));
    }

    /// <returns>What became of it; null: there is nobody to tell.</returns>
    private async Task<string?> TellAsync(MemberState state, ReferralState owed)
    {
        if (state.Referrer is not { } by || await HolderAsync(by) is not { } referrer)
            return null;
        if (referrer == state.Id || state.Absorbed.Any(absorbed => absorbed.Member == referrer))
            return "self";
        var notice = new MemberRequest
        {
            Command = new MemberCommand.RecordFriend(owed.Friend, owed.Paid)
            {
                Identities = [.. state.Identities.Where(one => IdentityText.MayBeShared(one.Kind))],
            },
            Key = EventKey.Of("referral", owed.Friend.ToString(), "friend"),
            Actor = MemberRequest.Due.Actor,
        };
        var heard = await Retry.OnFailedAppend(() => Member(referrer).Handle(notice));
        return heard switch
        {
            { Outcome: not null } => "told",
            { Rejection.Kind: RejectionKind.UnknownMember } => null,
            _ => throw new InvalidOperationException(
                $"Notice of {owed.Friend} is not heard: {heard.Status} {heard.Rejection?.Kind}."),
        };
    }

    private async Task<MemberId?> HolderAsync(IdentityRef identity) => identity.Kind == IdentityText.Member
        ? new MemberId(UInt128.Parse(
            identity.Handle, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))
        : await Retry.OnFailedAppend(() => grains.GetGrain<IIdentityGrain>(identity.Handle).Resolve());

    private IMemberGrain Member(MemberId member) => grains.GetGrain<IMemberGrain>(member.ToString());
}
