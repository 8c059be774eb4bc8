using MallVip.Client.Wire;

namespace MallVip.Client;

/// <summary>Rewards and orders.</summary>
public sealed partial class MallVipClient
{
    /// <summary>What members order for points.</summary>
    /// <param name="mall">Only what there is there, and how many are left; null: everywhere.</param>
    /// <param name="idOrIdentity">Whose prices; null: those without a tier.</param>
    public Task<CatalogueBody> GetCatalogueAsync(
        string? mall = null, string? idOrIdentity = null, CancellationToken cancellation = default) =>
        CallAsync(
            () => new(
                HttpMethod.Get,
                $"v1/rewards?mall={mall}&member={Uri.EscapeDataString(idOrIdentity ?? "")}"),
            ApiJson.Default.CatalogueBody, cancellation);

    /// <summary>How many of a reward are left at a mall.</summary>
    public Task<RewardStockBody> GetRewardStockAsync(
        string reward, string mall, CancellationToken cancellation = default) => CallAsync(
            () => new(HttpMethod.Get, $"v1/rewards/{reward}/stock?mall={mall}"),
            ApiJson.Default.RewardStockBody, cancellation);

    /// <summary>Orders a reward.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    /// <exception cref="MallVipProblemException"><c>sold_out</c>, <c>insufficient_points</c> …</exception>
    public Task<RewardOrderedBody> OrderRewardAsync(
        string idOrIdentity, OrderRewardBody body, string key, CancellationToken cancellation = default) =>
        CallAsync(
            () => Keyed(
                Post($"{Member(idOrIdentity)}/orders", body, ApiJson.Default.OrderRewardBody, Json), key),
            ApiJson.Default.RewardOrderedBody, cancellation);

    /// <summary>A member's orders, the newest first.</summary>
    public Task<OrdersBody> GetOrdersAsync(string idOrIdentity, CancellationToken cancellation = default) =>
        CallAsync(
            () => new(HttpMethod.Get, $"{Member(idOrIdentity)}/orders"), ApiJson.Default.OrdersBody,
            cancellation);

    /// <summary>An order by its code, and whose it is.</summary>
    public Task<OrderFoundBody> GetOrderAsync(string code, CancellationToken cancellation = default) =>
        CallAsync(() => new(HttpMethod.Get, Order(code)), ApiJson.Default.OrderFoundBody, cancellation);

    /// <summary>Tells that an order's cash price is paid.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> PayOrderAsync(
        string code, PayOrderBody body, string key, CancellationToken cancellation = default) =>
        WriteAsync($"{Order(code)}/pay", body, ApiJson.Default.PayOrderBody, key, cancellation);

    /// <summary>Hands an order over.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> PickUpOrderAsync(
        string code, PickUpOrderBody body, string key, CancellationToken cancellation = default) =>
        WriteAsync($"{Order(code)}/pick-up", body, ApiJson.Default.PickUpOrderBody, key, cancellation);

    /// <summary>Calls an order off.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> CancelOrderAsync(
        string code, CancelOrderBody body, string key, CancellationToken cancellation = default) =>
        WriteAsync($"{Order(code)}/cancel", body, ApiJson.Default.CancelOrderBody, key, cancellation);

    /// <summary>Takes back what was picked up.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> ReturnOrderAsync(
        string code, ReturnOrderBody body, string key, CancellationToken cancellation = default) =>
        WriteAsync($"{Order(code)}/return", body, ApiJson.Default.ReturnOrderBody, key, cancellation);

    private static string Order(string code) => $"v1/orders/{Uri.EscapeDataString(code)}";
}
