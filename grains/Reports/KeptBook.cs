using MallVip.Grains.Identities;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;

namespace MallVip.Grains.Reports;

/// <summary>Events that wait at identities for somebody to claim them, or to be delivered.</summary>
internal sealed class KeptBook
{
    private readonly Dictionary<GrainKey, IdentityState> _states = [];
    private readonly Dictionary<EventKey, DateTimeOffset> _since = [];

    /// <summary>Each with its identity, when it came, and whether it has been promised to a member.</summary>
    public IEnumerable<(GrainKey Identity, KeptEvent Event, DateTimeOffset Since, bool IsPromised)> Waiting =>
        from identity in _states
        from kept in identity.Value.Waiting.Select(kept => (Event: kept, IsPromised: false))
            .Concat(identity.Value.Promised.Select(promised => (promised.Event, IsPromised: true)))
        where _since.ContainsKey(kept.Event.Key)
        select (identity.Key, kept.Event, _since[kept.Event.Key], kept.IsPromised);

    /// <summary>Follows an identity's entry; answers the events that it keeps from now on.</summary>
    public IEnumerable<KeptEvent> Follow(JournalEntry entry)
    {
        var state = _states.GetValueOrDefault(entry.Grain, IdentityState.Empty);
        var kept = new List<KeptEvent>();
        foreach (var fact in IdentityBody.Parse(entry.Body).Facts)
        {
            state = state.Apply(fact);
            if (fact is not IdentityFact.Kept { Event: var one } || Actors.IsTest(entry.Actor))
                continue;
            _since[one.Key] = entry.At;
            kept.Add(one);
        }

        if (state.Kept > 0 || state.Holder is not null)
            _states[entry.Grain] = state;
        else
            _states.Remove(entry.Grain);
        return kept;
    }
}
