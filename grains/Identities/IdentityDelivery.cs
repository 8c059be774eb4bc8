using MallVip.Grains.Members;
using MallVip.Rules.Deciding;

namespace MallVip.Grains.Identities;

/// <summary>Hands an identity's kept events to the members they are promised to.</summary>
/// <param name="scribe">The identity's.</param>
/// <param name="grains">Finds the members.</param>
public sealed class IdentityDelivery(IdentityScribe scribe, IGrainFactory grains)
{
    /// <summary>Delivers everything promised; answers how many the members have now.</summary>
    public async Task<int> DeliverAllAsync(string actor)
    {
        var delivered = 0;
        foreach (var promised in scribe.State.Promised)
        {
            if (!IsTooEarly(await DeliverAsync(promised, actor)))
                delivered++;
        }

        return delivered;
    }

    /// <summary>The member's own key index makes a second delivery harmless.</summary>
    public async Task<MemberAnswer> DeliverAsync(PromisedEvent promised, string actor)
    {
        var member = grains.GetGrain<IMemberGrain>(promised.Member.ToString());
        var answer = await member.Handle(promised.Event.ToRequest(actor, dryRun: false));
        if (!IsTooEarly(answer))
            await scribe.Append(new IdentityFact.Delivered(promised.Event.Key), actor, null, []);
        return answer;
    }

    /// <summary>
    /// An identity is claimed before its member is enrolled; until then its events stay promised.
    /// </summary>
    private static bool IsTooEarly(MemberAnswer answer) =>
        answer.Rejection?.Kind == RejectionKind.UnknownMember;
}
