using System.Collections.Immutable;
using MallVip.Grains.Identities;
using MallVip.Grains.Intake;
using MallVip.Grains.Journal;
using MallVip.Rules.Identities;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Desk;

/// <summary>
/// Who shares a plate or a device, and in which order: the first gets its events and is whom it leads to.
/// </summary>
public sealed class SharingDesk(EventRouter router, Pseudonym pseudonym)
{
    /// <summary>Who holds an identity, in their order.</summary>
    public async Task<SharedOrder> ReadAsync(string identity, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Parse(identity, out var refusal) is { } parsed
            ? new([.. (await router.HoldersAsync(router.ToRef(parsed))).Members], null)
            : SharedOrder.Refused(refusal!);
    }

    /// <summary>Puts those who hold an identity in another order.</summary>
    /// <param name="members">All of them, the first first.</param>
    /// <param name="reason">Why; stands in the journal.</param>
    public async Task<SharedOrder> OrderAsync(
        string identity, ImmutableArray<MemberId> members, string reason, DeskCall call,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Parse(identity, out var refusal) is not { } parsed)
            return SharedOrder.Refused(refusal!);
        var request = new OrderRequest(
            members, reason, EventKey.ForCommand(call.Actor, call.Key),
            pseudonym.ContentHash(call.Content.Span), call.Actor, call.DryRun);
        var answer = await Retry.OnFailedAppend(() => router.GrainOf(router.ToRef(parsed)).Order(request));
        return answer.Status switch
        {
            OrderStatus.KeyReused => SharedOrder.Refused(Refusals.KeyReused),
            OrderStatus.OthersHold => SharedOrder.Refused(Refusals.HoldersDiffer),
            OrderStatus.Busy => SharedOrder.Refused(Refusals.NotNow),
            _ => new(answer.Members, null) { Status = answer.Status },
        };
    }

    /// <summary>An answer that says, too, which of the identities the member shares and in which place; never
    /// with whom.</summary>
    /// <param name="joins">Whether the member is about to join, in a dry run.</param>
    public async Task<DeskAnswer> ToldAsync(
        DeskAnswer answer, MemberId member, ImmutableArray<IdentityText> identities, bool joins = false)
    {
        if (answer.Refusal is not null)
            return answer;
        var places = answer.Shared.ToBuilder();
        foreach (var identity in identities)
        {
            if (!IdentityText.MayBeShared(identity.Kind))
                continue;
            var order = (await router.HoldersAsync(router.ToRef(identity))).Members;
            if (joins && !order.Contains(member))
                order = order.Add(member);
            if (order.Length > 1 && order.IndexOf(member) is var place and >= 0)
                places[identity.ToString()] = place + 1;
        }

        return answer with { Shared = places.ToImmutable() };
    }

    private static IdentityText? Parse(string identity, out Refusal? refusal)
    {
        refusal = !IdentityText.TryParse(identity, out var parsed, out var problem)
            ? Refusals.InvalidIdentity("identity", problem)
            : !IdentityText.MayBeShared(parsed.Kind)
                ? Refusals.InvalidIdentity("identity", "Only a plate or a device is held by several members.")
                : null;
        return refusal is null ? parsed : null;
    }
}

/// <summary>Who holds an identity, or why it is not said.</summary>
/// <param name="Members">In their order; empty: nobody.</param>
/// <param name="Refusal">Null: it is said, or done.</param>
public sealed record SharedOrder(ImmutableArray<MemberId> Members, Refusal? Refusal)
{
    /// <summary>What became of a change.</summary>
    public OrderStatus Status { get; init; }

    public static SharedOrder Refused(Refusal refusal) => new([], refusal);
}
