using MallVip.Rules.Reviews;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Commands;

/// <summary>What can be asked of a member's reviews.</summary>
public abstract partial record MemberCommand
{
    /// <summary>A purchase of the member was refused because another one has its receipt.</summary>
    public sealed record NoteContest(
        [property: Name("s")] string Store, [property: Name("r")] string Receipt) : MemberCommand;

    /// <summary>Says what becomes of points under review; the reason is on record. Said again it changes
    /// nothing.</summary>
    public sealed record EndReview(
        [property: Name("i")] string Review,
        [property: Name("how")] ReviewEnd How,
        [property: Name("text")] string Reason) : MemberCommand;
}
