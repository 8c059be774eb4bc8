using MallVip.Client.Wire;

namespace MallVip.Client;

/// <summary>How a member's tags and attributes came about.</summary>
public sealed partial class MallVipClient
{
    /// <summary>How a member's tags came and went, newest first.</summary>
    /// <param name="cursor">Where an earlier page said that it goes on; null: from the newest.</param>
    public Task<TagHistoryBody> ReadTagHistoryAsync(
        string idOrIdentity, string? cursor = null, int limit = 50,
        CancellationToken cancellation = default) => CallAsync(
        () => History(idOrIdentity, "tags", cursor, limit), ApiJson.Default.TagHistoryBody, cancellation);

    /// <summary>How a member's attributes came about, newest first.</summary>
    /// <param name="cursor">Where an earlier page said that it goes on; null: from the newest.</param>
    public Task<AttributeHistoryBody> ReadAttributeHistoryAsync(
        string idOrIdentity, string? cursor = null, int limit = 50,
        CancellationToken cancellation = default) => CallAsync(
        () => History(idOrIdentity, "attributes", cursor, limit), ApiJson.Default.AttributeHistoryBody,
        cancellation);

    private static HttpRequestMessage History(string member, string of, string? cursor, int limit) => new(
        HttpMethod.Get,
        $"{Member(member)}/{of}/history?limit={limit}" + (cursor is null ? "" : $"&cursor={cursor}"));
}
