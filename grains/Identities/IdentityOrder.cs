using System.Collections.Immutable;
using MallVip.Grains.Entries;
using MallVip.Grains.Members;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Identities;

/// <summary>
/// Puts those who hold an identity in another order. The list must be that of those who hold it, so that
/// nobody is lost who has joined meanwhile. An entry without facts spends the key of an order that stood so
/// already: a late repeat must not bring it back.
/// </summary>
/// <param name="services">What grains share.</param>
/// <param name="scribe">The identity's.</param>
/// <param name="settlement">The identity's.</param>
public sealed class IdentityOrder(
    MemberServices services, IdentityScribe scribe, IdentitySettlement settlement)
{
    public async Task<OrderAnswer> PutAsync(OrderRequest request)
    {
        if (!request.DryRun && scribe.LapsedPledge is { } lapsed)
            await settlement.EndAsync(lapsed);
        var admission = request.DryRun
            ? await services.Keys.AskAsync(request.Key, default)
            : await services.Keys.AdmitAsync(request.Key, default);
        if (admission.Kind != AdmissionKind.Fresh)
            return await RepeatAsync(request, admission.Pos);
        var status = Judge(request.Members);
        if (request.DryRun)
            return new(status, scribe.State.Holders);
        if (status is not (OrderStatus.Ordered or OrderStatus.Unchanged))
        {
            services.Keys.GiveBack(request.Key, default);
            return new(status, scribe.State.Holders);
        }

        await Write(request, status);
        return new(status, request.Members);
    }

    private OrderStatus Judge(ImmutableArray<MemberId> wanted)
    {
        var state = scribe.State;
        if (state.Pledge is not null)
            return OrderStatus.Busy;
        if (wanted.Length != state.Holders.Length || wanted.Except(state.Holders).Any()
            || wanted.Distinct().Count() != wanted.Length)
            return OrderStatus.OthersHold;
        return wanted.SequenceEqual(state.Holders) ? OrderStatus.Unchanged : OrderStatus.Ordered;
    }

    /// <summary>Enqueued when this returns; before that the key is ours to give back.</summary>
    private Task Write(OrderRequest request, OrderStatus status)
    {
        try
        {
            return scribe.Append(
                status == OrderStatus.Unchanged
                    ? [] : [new IdentityFact.Ordered(request.Members, request.Reason)],
                request.Actor,
                entry => entry with { Key = request.Key, Content = request.Content });
        }
        catch
        {
            services.Keys.GiveBack(request.Key, default);
            throw;
        }
    }

    private async Task<OrderAnswer> RepeatAsync(OrderRequest request, long pos)
    {
        var first = await services.FirstAsync(request.Key, pos);
        var state = await scribe.ReadDurableAsync();
        return new(
            first.Differs(request.Content) ? OrderStatus.KeyReused : OrderStatus.Duplicate, state.Holders);
    }
}
