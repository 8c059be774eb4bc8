using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Facts;

/// <summary>Facts about members who bring members.</summary>
public abstract partial record Fact
{
    /// <summary>A member whom somebody brought has bought for the first time: the referrer is owed a notice.
    /// </summary>
    /// <param name="TellAt">When it is given.</param>
    public sealed record ReferralCompleted(
        [property: Name("s")] string Store, [property: Name("r")] string Receipt,
        [property: Name("p")] Money Paid, [property: Name("at")] DateTimeOffset At,
        [property: Name("on")] DateTimeOffset TellAt) : Fact;

    /// <summary>Nobody is the referrer yet.</summary>
    /// <param name="Until">When it is looked again.</param>
    public sealed record ReferralPostponed([property: Name("on")] DateTimeOffset Until) : Fact;

    /// <summary>The notice is owed no more.</summary>
    /// <param name="How"><c>told</c>, <c>self</c>, <c>unknown</c> or <c>returned</c>; see
    /// <see cref="Members.ReferralState"/>.</param>
    public sealed record ReferralEnded([property: Name("end")] string How) : Fact;

    /// <summary>A member whom this one brought has bought for the first time. Once for each.</summary>
    public sealed record FriendPurchased(
        [property: Name("m")] MemberId Friend, [property: Name("p")] Money Paid) : Fact;
}
