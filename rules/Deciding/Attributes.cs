using MallVip.Rules.Due;
using MallVip.Rules.Events;
using MallVip.Rules.Facts;

namespace MallVip.Rules.Deciding;

/// <summary>Attributes that an event of the member brings.</summary>
internal static class Attributes
{
    public static void Set(DecisionDraft draft, MemberData data)
    {
        foreach (var (name, value) in data.Attributes)
        {
            if (value.Equals(draft.State.Attributes.GetValueOrDefault(name)))
                continue;
            // A birthday that has passed is not made up for when it becomes known.
            if (name == Birthdays.Attribute && draft.Now > draft.State.FiredThrough)
                draft.Add(new Fact.Fired(draft.Now));
            draft.Add(new Fact.AttributeSet(name, value));
        }
    }
}
