using System.Collections.Immutable;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Identities;

/// <summary>
/// Ends what is open between an identity and a holder by asking the member, whose own entry decides: one
/// who has the identity holds it for good, from one who does not it is taken. Meanwhile the events of the
/// first in order wait.
/// </summary>
/// <param name="persons">Where the identity's value lies.</param>
/// <param name="scribe">The identity's.</param>
/// <param name="delivery">The identity's.</param>
/// <param name="grains">Finds the members.</param>
/// <param name="id">The identity's pseudonym.</param>
public sealed class IdentitySettlement(
    IPersonStore persons, IdentityScribe scribe, IdentityDelivery delivery, IGrainFactory grains, UInt128 id)
{
    /// <summary>Ends a pledge, unless it is another one by then.</summary>
    public async Task EndAsync(Pledge pledge)
    {
        var pledged = scribe.State.Pledged!.Value;
        var member = await AskAsync(pledged);
        var row = await persons.GetPersonAsync(id);
        if (scribe.State.Pledge != pledge || scribe.State.Pledged != pledged)
            return;
        IdentityFact end = member.Holds(id) ? new IdentityFact.Confirmed() : new IdentityFact.Released();
        await scribe.Append(
            member.Id is { } now && now != pledged
                ? [new IdentityFact.Moved(now) { From = pledged }, end] : [end],
            "settle",
            entry => entry with { Persons = end is IdentityFact.Released ? FreedFrom(pledged, row) : [] });
        await delivery.DeliverAllAsync("settle");
    }

    /// <summary>The value goes to who holds the identity besides, or back to the identity, as that of an
    /// unclaimed event: it is erased with no former claimant.</summary>
    private ImmutableArray<PersonRow> FreedFrom(MemberId member, PersonRow? row)
    {
        var next = scribe.State.Holders.Remove(member);
        return row is null ? [] : [row with { Member = next.IsEmpty ? id : next[0].Value }];
    }

    /// <summary>See <see cref="IIdentityGrain.BeginRelease"/>.</summary>
    public async Task<ReleaseAnswer> BeginAsync(MemberId member, EventKey release, string actor)
    {
        if (scribe.LapsedPledge is { } lapsed)
            await EndAsync(lapsed);
        if (scribe.State is { Pledge: null } && scribe.State.Holders.Contains(member))
            await scribe.Append(scribe.Ending(member, release), actor, null, []);
        var state = await scribe.ReadDurableAsync();
        return new(state.Holders.Contains(member) ? member : state.Holder, state.Pledge);
    }

    /// <summary>See <see cref="IIdentityGrain.Check"/>. It is not freed at once: the member may be about to
    /// get it, by an entry that a claim has made way for.</summary>
    public async Task CheckAsync(MemberId member)
    {
        var before = scribe.State;
        if (before.Pledge is not null || !before.Holders.Contains(member))
            return;
        var state = await AskAsync(member);
        if (state.Id is not null && !state.Holds(id) && ReferenceEquals(scribe.State, before))
            await scribe.Append(scribe.Ending(member, EventKey.None), "settle", null, []);
    }

    private async Task<MemberState> AskAsync(MemberId member)
    {
        var asked = grains.GetGrain<IMemberGrain>(member.ToString());
        return ((MemberReading.Snapshot)await asked.Read(new MemberQuery.State())).State;
    }
}
