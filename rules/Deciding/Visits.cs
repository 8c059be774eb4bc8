using MallVip.Rules.Facts;

namespace MallVip.Rules.Deciding;

/// <summary>Presence in a mall, once per mall and day.</summary>
internal static class Visits
{
    /// <summary>Counts a visit on the event's mall-local day, unless it is counted already.</summary>
    public static void Count(DecisionDraft draft, EventScope scope)
    {
        if (scope.Mall is { } mall && !draft.State.Days.Has(mall.Id, scope.Day))
            draft.Add(new Fact.Visited(mall.Id, scope.Day));
    }
}
