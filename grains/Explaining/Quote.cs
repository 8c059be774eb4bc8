using MallVip.Grains.Intake;
using MallVip.Rules.Explaining;
using MallVip.Rules.Members;

namespace MallVip.Grains.Explaining;

/// <summary>What an event would give, or why it would be refused.</summary>
/// <param name="Refusal">Null: it would be accepted.</param>
/// <param name="Explanation">Null: it would be refused.</param>
/// <param name="Before">The member before it.</param>
/// <param name="After">The member after it; null: refused.</param>
public sealed record Quote(
    Refusal? Refusal, EntryExplanation? Explanation, MemberState? Before, MemberState? After)
{
    internal static Quote Refused(Refusal refusal) => new(refusal, null, null, null);
}
