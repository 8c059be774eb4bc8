using MallVip.Rules.Members;
using MallVip.Rules.Programmes;
using MallVip.Rules.Reviews;

namespace MallVip.Rules.Deciding;

/// <summary>
/// What follows from what rules did, within the same evaluation: a changed tier, a new tag and earned points
/// are events that further rules wait for, and so on to a fixed depth. Those rules read the member as what
/// happened before them has left it.
/// </summary>
internal static class Chain
{
    /// <summary>How many steps may follow from one another.</summary>
    public const int Depth = 4;

    /// <summary>How many events one evaluation may make in all.</summary>
    public const int Most = 64;

    /// <param name="before">The member as of before the facts.</param>
    /// <param name="first">Where the facts begin from which something may follow.</param>
    public static void Follow(DecisionDraft draft, EventScope scope, MemberState before, int first)
    {
        Run(draft, scope, before, first);
        Reviewing.Conclude(draft, scope, first, before);
    }

    /// <summary>The same, but whoever calls it concludes the event.</summary>
    public static void Run(DecisionDraft draft, EventScope scope, MemberState before, int first)
    {
        if (!draft.Programme.HasChains || !Standing.Of(draft.State).Gains)
            return;
        var found = new List<(string Type, Trigger Trigger)>();
        Triggers.Find(draft, before, first, found);
        if (found.Count > 0)
            Run(draft, scope, found);
    }

    private static void Run(DecisionDraft draft, EventScope scope, List<(string Type, Trigger Trigger)> found)
    {
        var waiting = new Queue<(string Type, Trigger Trigger, int Depth)>();
        Enqueue(found, waiting, 1);
        for (var made = 1; waiting.TryDequeue(out var next); made++)
        {
            if (next.Depth > Depth || made > Most)
            {
                draft.Warn(WarningCodes.ChainTooLong, $"{next.Type} was not followed any further.");
                return;
            }

            var (step, state) = (draft.Facts.Count, draft.State);
            RuleRun.Step(draft, scope.Following(next.Type, next.Trigger), state);
            Triggers.Find(draft, state, step, found);
            Enqueue(found, waiting, next.Depth + 1);
        }
    }

    /// <summary>Moves what was found to those that wait.</summary>
    private static void Enqueue(
        List<(string Type, Trigger Trigger)> found,
        Queue<(string Type, Trigger Trigger, int Depth)> waiting, int depth)
    {
        foreach (var (type, trigger) in found)
            waiting.Enqueue((type, trigger, depth));
        found.Clear();
    }
}
