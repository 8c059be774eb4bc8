using MallVip.Client.Wire;

namespace MallVip.Client;

/// <summary>Tiers.</summary>
public sealed partial class MallVipClient
{
    /// <summary>Gives a tier until an instant.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> GrantTierAsync(
        string idOrIdentity, GrantTierBody body, string key, CancellationToken cancellation = default) =>
        CallAsync(
            () => Keyed(
                Sent(HttpMethod.Put, $"{Member(idOrIdentity)}/tier", body, ApiJson.Default.GrantTierBody),
                key),
            ApiJson.Default.DeskAnswerBody, cancellation);

    /// <summary>Ends a tier that was given.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> EndTierAsync(
        string idOrIdentity, EndTierBody body, string key, CancellationToken cancellation = default) =>
        CallAsync(
            () => Keyed(
                Sent(HttpMethod.Delete, $"{Member(idOrIdentity)}/tier", body, ApiJson.Default.EndTierBody),
                key),
            ApiJson.Default.DeskAnswerBody, cancellation);

    /// <summary>What keeps a member's tier and what reaches the next.</summary>
    public Task<TierOutlookBody> ReadTierAsync(
        string idOrIdentity, CancellationToken cancellation = default) => CallAsync(
        () => new HttpRequestMessage(HttpMethod.Get, $"{Member(idOrIdentity)}/tier"),
        ApiJson.Default.TierOutlookBody, cancellation);

    /// <summary>A member's tier changes, newest first.</summary>
    /// <param name="cursor">Where an earlier page said that it goes on; null: from the newest.</param>
    public Task<TierHistoryBody> ReadTierHistoryAsync(
        string idOrIdentity, string? cursor = null, int limit = 50,
        CancellationToken cancellation = default) => CallAsync(
        () => History(idOrIdentity, "tier", cursor, limit), ApiJson.Default.TierHistoryBody, cancellation);

    /// <summary>Moves a page of the members to where a changed ladder has them.</summary>
    /// <param name="key">New for each intended page, the same for its repeats.</param>
    /// <param name="dryRun">Only says whom it would move.</param>
    public Task<TierReviewAnswerBody> ReviewTiersAsync(
        TierReviewBody body, string key, bool dryRun = false, CancellationToken cancellation = default) =>
        CallAsync(
            () => Keyed(
                Sent(HttpMethod.Post, $"v1/tiers/review{(dryRun ? "?dryRun=true" : "")}", body,
                    ApiJson.Default.TierReviewBody), key),
            ApiJson.Default.TierReviewAnswerBody, cancellation);

    private static HttpRequestMessage Sent<T>(
        HttpMethod method, string path, T body, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        var request = Post(path, body, type, Json);
        request.Method = method;
        return request;
    }
}
