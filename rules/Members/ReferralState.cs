using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Members;

/// <summary>That a member who was brought has bought for the first time, and what of it the referrer knows.
/// </summary>
/// <param name="Friend">The member as it was then: names the notice for ever, whoever the member has become a
/// part of.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="DriveAt">When the referrer is told, or looked for again.</param>
/// <param name="Ended">Null: the notice is owed. <c>told</c>, <c>self</c> (the member has become one with the
/// referrer), <c>unknown</c> (nobody was found in time) or <c>returned</c>: the next purchase is the first
/// one. </param>
public sealed record ReferralState(
    [property: Name("m")] MemberId Friend,
    [property: Name("s")] string Store,
    [property: Name("r")] string Receipt,
    [property: Name("p")] Money Paid,
    [property: Name("at")] DateTimeOffset At,
    [property: Name("on")] DateTimeOffset DriveAt,
    [property: Name("end")] string? Ended = null)
{
    /// <summary>The purchase came back before the referrer was told.</summary>
    public const string Returned = "returned";

    /// <summary>How long a referrer is looked for whom nobody holds: so long a claim may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(90);

    private static readonly TimeSpan ShortestPause = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(7);

    /// <summary>When to look again: soon at first, once a week in the end. Null: not any more.</summary>
    public DateTimeOffset? LookAgain(DateTimeOffset now)
    {
        var waited = now - At;
        if (waited >= Patience)
            return null;
        var pause = waited < ShortestPause ? ShortestPause : waited > LongestPause ? LongestPause : waited;
        return now + pause;
    }
}
