using System.Collections.Immutable;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;

namespace MallVip.Rules.Deciding;

/// <summary>What the member agrees to, as an event of the member says.</summary>
internal static class Consents
{
    /// <summary>
    /// The member's latest word counts, by the events' own times: an older event that comes late changes
    /// nothing, and the same word said again later is recorded, or a word between the two would win.
    /// </summary>
    public static void Set(DecisionDraft draft, MemberData data, DateTimeOffset at)
    {
        foreach (var (purpose, granted) in data.Consent ?? ImmutableSortedDictionary<string, bool>.Empty)
            if (draft.State.FindConsent(purpose) is not { } known || at > known.At
                || (at == known.At && granted != known.Granted))
                draft.Add(new Fact.ConsentSet(purpose, granted, at));
    }
}
