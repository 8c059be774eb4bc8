using MallVip.Grains.Identities;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Rules.Identities;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Desk;

/// <summary>
/// Identities claimed for one member, all or none. Each claim is a pledge until it is confirmed; what a crash
/// leaves is settled by the identity's own timer: confirmed if the member has it, undone if not.
/// </summary>
/// <param name="router">Finds identities.</param>
/// <param name="registration">The write that needs the claims; none: one claim, for good at once.</param>
/// <param name="actor">Who asks.</param>
/// <param name="clock">The run's clock; null: live.</param>
public sealed class ClaimSaga(
    EventRouter router, EventKey registration, string actor, DateTimeOffset? clock)
{
    private readonly HashSet<IdentityText> _taken = [];

    /// <summary>The write must be decided before: then the first of the claims is undone.</summary>
    public DateTimeOffset Until { get; private set; } = DateTimeOffset.MaxValue;

    /// <summary>Claims one identity; answers who holds it now.</summary>
    /// <param name="shares">Whether the member may join those who hold it; only where it may be shared.
    /// </param>
    public async Task<ClaimAnswer> TakeAsync(MemberId member, IdentityText identity, bool shares = false)
    {
        var answer = await ClaimAsync(
            member, identity, registration, shares && IdentityText.MayBeShared(identity.Kind));
        if (answer.Holder == member && answer.Pledge is { } pledge && pledge.By == registration)
        {
            _taken.Add(identity);
            Until = pledge.Until < Until ? pledge.Until : Until;
        }

        return answer;
    }

    /// <summary>The claims are for good; what waited for the member is delivered.</summary>
    public async Task ConfirmAsync(MemberId member, IEnumerable<IdentityText> identities)
    {
        foreach (var identity in identities)
            await ClaimAsync(member, identity, EventKey.None, shares: false);
    }

    /// <summary>Undoes the claims, except of what the member has all the same.</summary>
    public async Task UndoAsync(MemberId member)
    {
        foreach (var identity in _taken)
            await router.SettleAsync(member, router.ToRef(identity), registration);
        _taken.Clear();
        Until = DateTimeOffset.MaxValue;
    }

    private Task<ClaimAnswer> ClaimAsync(MemberId member, IdentityText identity, EventKey by, bool shares)
    {
        var reference = router.ToRef(identity);
        var request = new ClaimRequest(member, reference, actor, clock, [router.PersonOf(identity, member)])
        {
            Registration = by,
            Shares = shares,
        };
        return Retry.OnFailedAppend(() => router.GrainOf(reference).Claim(request));
    }
}
