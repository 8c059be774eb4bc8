using System.Collections.Immutable;
using MallVip.Grains.Desk;
using MallVip.Grains.Journal;
using MallVip.Grains.Members;
using MallVip.Rules.Commands;
using MallVip.Rules.Quantities;
using MallVip.Rules.Tiers;

namespace MallVip.Grains.Tiers;

/// <summary>
/// Whom a changed ladder moves. Goes through the members share by share and reads their states beside the
/// grains, so that nobody is woken for being looked at; who moves is asked again when it is applied. Done
/// twice it is as good as once: who stands where the ladder says moves no more.
/// </summary>
public sealed class TierReview(MemberServices services, MemberDesk desk)
{
    /// <summary>Members in one page, about: a page ends with a share.</summary>
    public const int PageLength = 2_000;

    /// <summary>A page of those whom the ladder in force would move; nothing is written.</summary>
    /// <param name="from">The first share, 0 to <see cref="IJournal.Shares"/> - 1.</param>
    /// <param name="falls">Whether members may fall.</param>
    /// <param name="may">Whether the caller may touch a member.</param>
    public async Task<TierPage> LookAsync(
        int from, bool falls, Func<MemberId, ValueTask<bool>> may, CancellationToken cancellation)
    {
        var moves = ImmutableArray.CreateBuilder<TierMove>();
        var (share, members) = (from, 0);
        for (; share < IJournal.Shares && members < PageLength; share++)
            foreach (var grain in await services.Journal.GrainsAsync(share, cancellation))
            {
                cancellation.ThrowIfCancellationRequested();
                var member = new MemberId(grain.Id);
                if (grain.Kind != GrainKind.Member || !await may(member))
                    continue;
                var timeline = await new MemberArchive(services, member).OpenAsync(cancellation);
                if (timeline.State.Merge is not null)
                    continue;
                members++;
                var (programme, now) = (services.Programmes.Now.Programme, services.Time.GetUtcNow());
                if (TierReassessment.MoveOf(timeline.State, programme, now, falls) is { } move)
                    moves.Add(new(member, move.From, move.To));
            }

        return new(members, moves.ToImmutable(), share < IJournal.Shares ? share : null);
    }

    /// <summary>Moves those of a page who move, each by an entry of its own.</summary>
    /// <param name="call">Its key becomes one for each member.</param>
    public async Task<TierPage> ApplyAsync(
        int from, bool falls, Func<MemberId, ValueTask<bool>> may, DeskCall call,
        CancellationToken cancellation)
    {
        var page = await LookAsync(from, falls, may, cancellation);
        var moved = ImmutableArray.CreateBuilder<TierMove>(page.Moves.Length);
        foreach (var move in page.Moves)
        {
            var own = call with { Key = $"{call.Key}/{move.Member}" };
            var answer = await desk.CommandAsync(
                move.Member, new MemberCommand.ReassessTier(falls), own, cancellation);
            if (answer.Refusal is null)
                moved.Add(move);
        }

        return page with { Moves = moved.ToImmutable() };
    }
}

/// <summary>A page of the members.</summary>
/// <param name="Members">How many were looked at.</param>
/// <param name="Next">Where the next page begins; null: all have been looked at.</param>
public sealed record TierPage(int Members, ImmutableArray<TierMove> Moves, int? Next);

/// <summary>Who moves, from where to where; null: no tier.</summary>
public sealed record TierMove(MemberId Member, string? From, string? To);
