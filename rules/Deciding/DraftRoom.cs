using MallVip.Rules.Facts;
using MallVip.Rules.Programmes;
using MallVip.Rules.Quantities;

namespace MallVip.Rules.Deciding;

/// <summary>
/// Lists for one decision after another on the same thread. A draft within a draft finds none and makes its
/// own; the room of a draft that comes to no decision is left to the collector.
/// </summary>
internal sealed class DraftRoom
{
    [ThreadStatic]
    private static DraftRoom? Spare;

    private DraftRoom()
    {
    }

    public List<Fact> Facts { get; } = new(16);

    public List<RuleMatch> Matches { get; } = new(16);

    public List<(Rule Rule, Points Amount)> Lines { get; } = new(8);

    public static DraftRoom Take()
    {
        var room = Spare ?? new();
        Spare = null;
        return room;
    }

    /// <summary>Empties it, so that it holds on to nothing, and keeps it for the next.</summary>
    public void Return()
    {
        Facts.Clear();
        Matches.Clear();
        Lines.Clear();
        Spare = this;
    }
}
