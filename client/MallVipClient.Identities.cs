using MallVip.Client.Wire;

namespace MallVip.Client;

/// <summary>Identities of members.</summary>
public sealed partial class MallVipClient
{
    /// <summary>Gives a member one more identity.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> LinkIdentityAsync(
        string idOrIdentity, LinkBody body, string key, CancellationToken cancellation = default) =>
        WriteAsync($"{Member(idOrIdentity)}/identities", body, ApiJson.Default.LinkBody, key, cancellation);

    /// <summary>Takes an identity from a member; anybody may claim it from then on.</summary>
    /// <param name="idOrIdentity">The member's id, so that a repeat finds the member too.</param>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> ReleaseIdentityAsync(
        string idOrIdentity, string identity, ReleaseIdentityBody body, string key,
        CancellationToken cancellation = default) => CallAsync(
        () => Keyed(
            Sent(HttpMethod.Delete, Identity(idOrIdentity, identity), body,
                ApiJson.Default.ReleaseIdentityBody),
            key),
        ApiJson.Default.DeskAnswerBody, cancellation);

    /// <summary>Says whether an identity was checked to be the member's.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<DeskAnswerBody> VerifyIdentityAsync(
        string idOrIdentity, string identity, VerifyBody body, string key,
        CancellationToken cancellation = default) => CallAsync(
        () => Keyed(
            Sent(HttpMethod.Put, $"{Identity(idOrIdentity, identity)}/verified", body,
                ApiJson.Default.VerifyBody),
            key),
        ApiJson.Default.DeskAnswerBody, cancellation);

    /// <summary>Who holds a plate or a device, in their order.</summary>
    public Task<HoldersBody> GetHoldersAsync(string identity, CancellationToken cancellation = default) =>
        CallAsync(
            () => new(HttpMethod.Get, Holders(identity)), ApiJson.Default.HoldersBody, cancellation);

    /// <summary>Puts those who hold a plate or a device in another order.</summary>
    /// <param name="key">New for each intended write, the same for its repeats.</param>
    public Task<HoldersBody> OrderHoldersAsync(
        string identity, OrderHoldersBody body, string key, CancellationToken cancellation = default) =>
        CallAsync(
            () => Keyed(
                Sent(HttpMethod.Put, Holders(identity), body, ApiJson.Default.OrderHoldersBody), key),
            ApiJson.Default.HoldersBody, cancellation);

    private static string Holders(string identity) =>
        $"v1/identities/{Uri.EscapeDataString(identity)}/holders";

    private static string Identity(string idOrIdentity, string identity) =>
        $"{Member(idOrIdentity)}/identities/{Uri.EscapeDataString(identity)}";
}
