using MallVip.Client.Wire;

namespace MallVip.Client;

/// <summary>Events under review.</summary>
public sealed partial class MallVipClient
{
    /// <summary>Events that wait for an operator's word, the oldest first.</summary>
    /// <param name="after"><see cref="ReviewsBody.Next"/> of the page before; null: from the first on.
    /// </param>
    /// <param name="rule">Only those that this guard has put under review; null: all.</param>
    public Task<ReviewsBody> ListReviewsAsync(
        string? after = null, string? rule = null, CancellationToken cancellation = default) => CallAsync(
        () => new(
            HttpMethod.Get,
            $"v1/reviews?after={after}{(rule is null ? "" : "&rule=" + Uri.EscapeDataString(rule))}"),
        ApiJson.Default.ReviewsBody, cancellation);

    /// <summary>A member's open reviews.</summary>
    public Task<ReviewsBody> GetReviewsAsync(string idOrIdentity, CancellationToken cancellation = default) =>
        CallAsync(
            () => new(HttpMethod.Get, $"{Member(idOrIdentity)}/reviews"), ApiJson.Default.ReviewsBody,
            cancellation);

    /// <summary>Releases points under review.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> ReleaseReviewAsync(
        string idOrIdentity, string review, EndReviewBody body, string key,
        CancellationToken cancellation = default) => WriteAsync(
            $"{Member(idOrIdentity)}/reviews/{review}/release", body, ApiJson.Default.EndReviewBody, key,
            cancellation);

    /// <summary>Takes points under review back.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> RejectReviewAsync(
        string idOrIdentity, string review, EndReviewBody body, string key,
        CancellationToken cancellation = default) => WriteAsync(
            $"{Member(idOrIdentity)}/reviews/{review}/reject", body, ApiJson.Default.EndReviewBody, key,
            cancellation);
}
