using MallVip.Client.Keys;
using MallVip.Client.Problems;
using MallVip.Grains.Desk;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Members;

/// <summary>
/// Finds the member that a path or body names: a UUID, or an identity such as <c>phone:+8613800138000</c>.
/// </summary>
internal sealed class MemberTarget(MemberDesk desk, TestWall wall)
{
    /// <exception cref="RefusedException">Nobody holds it, or the caller may not touch the
    /// member.</exception>
    public async Task<MemberId> FindAsync(HttpContext context, string name)
    {
        var member = await ResolveAsync(name, context.RequestAborted);
        if (await wall.RefusalAsync(Caller.Of(context), member, context.RequestAborted) is { } refusal)
            throw new RefusedException(refusal);
        return member;
    }

    /// <summary>A member as it is now, and under which id: perhaps of who goes on for it.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public async Task<(MemberId Member, MemberState State)> StateAsync(HttpContext context, MemberId member)
    {
        var view = await desk.ReadAsync(member, null, context.RequestAborted)
            ?? throw ApiErrors.MemberNotFound.Thrown("No member has this id.");
        return (view.Snapshot.State.Id ?? member, view.Snapshot.State);
    }

    private async Task<MemberId> ResolveAsync(string name, CancellationToken cancellation)
    {
        if (MemberId.TryParse(name, out var id))
            return id;
        var found = await desk.FindAsync(name, cancellation);
        if (found.Refusal is { } refusal)
            throw new RefusedException(refusal);
        return found.Member ?? throw ApiErrors.MemberNotFound.Thrown("Nobody holds this identity.");
    }
}
