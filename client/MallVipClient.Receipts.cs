using MallVip.Client.Wire;

namespace MallVip.Client;

/// <summary>Receipts that operators hand in where no till has sent them.</summary>
public sealed partial class MallVipClient
{
    /// <summary>Hands a receipt in; it waits for another operator, or counts at once.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    /// <param name="dryRun">Answer what would be; nothing is kept.</param>
    /// <exception cref="MallVipProblemException">It was refused.</exception>
    public Task<SlipViewBody> HandInReceiptAsync(
        SlipBody body, string key, bool dryRun = false,
        CancellationToken cancellation = default) => CallAsync(
        () => Keyed(Post($"v1/receipts{DryRun(dryRun)}", body, ApiJson.Default.SlipBody, Json), key),
        ApiJson.Default.SlipViewBody, cancellation);

    /// <summary>A receipt that was handed in, and what has become of it.</summary>
    public Task<SlipViewBody> GetReceiptAsync(string id, CancellationToken cancellation = default) =>
        CallAsync(
            () => new(HttpMethod.Get, Receipt(id)), ApiJson.Default.SlipViewBody, cancellation);

    /// <summary>Receipts that were handed in, the newest first.</summary>
    /// <param name="status">As <see cref="SlipViewBody.Status"/> says; null: any.</param>
    /// <param name="store">A store's code; null: any.</param>
    /// <param name="day">The mall's day; null: all days on which one may still wait.</param>
    /// <param name="cursor">The page before's <see cref="SlipsBody.Next"/>; null: the first page.</param>
    public Task<SlipsBody> GetReceiptsAsync(
        string? status = null, string? store = null, DateOnly? day = null, string? cursor = null,
        CancellationToken cancellation = default)
    {
        var of = Uri.EscapeDataString(store ?? "");
        var path = $"v1/receipts?status={status}&store={of}&day={day:O}&cursor={cursor}";
        return CallAsync(() => new(HttpMethod.Get, path), ApiJson.Default.SlipsBody, cancellation);
    }

    /// <summary>Records a receipt that another operator handed in.</summary>
    /// <exception cref="MallVipProblemException">It was refused, by the member too.</exception>
    public Task<SlipViewBody> ApproveReceiptAsync(string id, CancellationToken cancellation = default) =>
        DecideAsync(id, "approve", new(), cancellation);

    /// <summary>Leaves a receipt unrecorded.</summary>
    public Task<SlipViewBody> DeclineReceiptAsync(
        string id, string reason, CancellationToken cancellation = default) =>
        DecideAsync(id, "decline", new(reason), cancellation);

    private Task<SlipViewBody> DecideAsync(
        string id, string word, SlipDecisionBody body, CancellationToken cancellation) => CallAsync(
        () => Post($"{Receipt(id)}/{word}", body, ApiJson.Default.SlipDecisionBody, Json),
        ApiJson.Default.SlipViewBody, cancellation);

    private static string Receipt(string id) => $"v1/receipts/{Uri.EscapeDataString(id)}";
}
