using MallVip.Client.Wire;

namespace MallVip.Client;

/// <summary>Lists of actions on members.</summary>
public sealed partial class MallVipClient
{
    /// <summary>Hands a list in; nothing is done before it is approved.</summary>
    /// <param name="csv">UTF-8, with a heading.</param>
    /// <param name="key">New for each intended list, the same for its repeats.</param>
    /// <param name="dryRun">Only says what it would be.</param>
    public Task<BatchViewBody> HandInBatchAsync(
        ReadOnlyMemory<byte> csv, string reason, string key, bool dryRun = false,
        CancellationToken cancellation = default) => CallAsync(
        () =>
        {
            var content = new ReadOnlyMemoryContent(csv);
            content.Headers.ContentType = new("text/csv");
            var path = $"v1/batches?reason={Uri.EscapeDataString(reason)}{(dryRun ? "&dryRun=true" : "")}";
            return Keyed(new(HttpMethod.Post, path) { Content = content }, key);
        },
        ApiJson.Default.BatchViewBody, cancellation);

    /// <summary>A list and how far it is.</summary>
    /// <exception cref="MallVipProblemException">There is none.</exception>
    public Task<BatchViewBody> GetBatchAsync(string id, CancellationToken cancellation = default) =>
        CallAsync(
            () => new(HttpMethod.Get, $"v1/batches/{Uri.EscapeDataString(id)}"),
            ApiJson.Default.BatchViewBody, cancellation);

    /// <summary>Has a list carried out.</summary>
    public Task<BatchViewBody> ApproveBatchAsync(
        string id, BatchDecisionBody body, CancellationToken cancellation = default) => CallAsync(
        () => Post(
            $"v1/batches/{Uri.EscapeDataString(id)}/approve", body, ApiJson.Default.BatchDecisionBody, Json),
        ApiJson.Default.BatchViewBody, cancellation);

    /// <summary>Has a list taken back.</summary>
    /// <param name="dryRun">Only says what that would do.</param>
    public Task<BatchViewBody> UndoBatchAsync(
        string id, BatchDecisionBody body, bool dryRun = false, CancellationToken cancellation = default) =>
        CallAsync(
            () => Post(
                $"v1/batches/{Uri.EscapeDataString(id)}/undo{DryRun(dryRun)}", body,
                ApiJson.Default.BatchDecisionBody, Json),
            ApiJson.Default.BatchViewBody, cancellation);
}
