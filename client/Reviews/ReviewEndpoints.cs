using System.Collections.Immutable;
using MallVip.Client.Keys;
using MallVip.Client.Members;
using MallVip.Client.Problems;
using MallVip.Client.Wire;
using MallVip.Grains.Reviews;
using MallVip.Rules.Commands;
using MallVip.Rules.Quantities;
using MallVip.Rules.Reviews;
using Microsoft.AspNetCore.Http;

namespace MallVip.Client.Reviews;

/// <summary>Events under review: which there are, and what an operator says of one. A write needs an
/// Idempotency-Key, and <c>dryRun=true</c> records nothing.</summary>
internal sealed class ReviewEndpoints(
    ReviewBoard board, MemberTarget target, DeskWrite write)
{
    private const int Most = 500;

    public async Task ListAsync(HttpContext context)
    {
        if (Caller.Of(context).Test)
            throw ApiErrors.NotATestMember.Thrown("Reviews are of members that no test key registered.");
        var (after, rule) = (context.Request.Query["after"].ToString(), context.Request.Query["rule"]);
        var open = (await board.ReadAsync(context.RequestAborted))
            .Where(one => rule.Count == 0 || one.Review.Causes.Any(cause => cause.Rule.Rule == rule))
            .ToImmutableArray();
        var first = after.Length == 0 ? 0 : IndexAfter(open, after);
        var page = open.Skip(first).Take(Most).Select(one => BodyOf(one.Member, one.Review));
        await context.WriteJsonAsync(
            StatusCodes.Status200OK,
            new ReviewsBody([.. page], open.Length > first + Most ? NameOf(open[first + Most - 1]) : null),
            ApiJson.Readable.ReviewsBody);
    }

    public async Task ReadAsync(HttpContext context, string id)
    {
        var (member, state) = await target.StateAsync(context, await target.FindAsync(context, id));
        await context.WriteJsonAsync(
            StatusCodes.Status200OK,
            new ReviewsBody([.. (state.Reviews?.Open ?? []).Select(one => BodyOf(member, one))]),
            ApiJson.Readable.ReviewsBody);
    }

    public async Task EndAsync(HttpContext context, string id, string review, ReviewEnd how)
    {
        var body = await write.ReadAsync(context, ApiJson.Default.EndReviewBody);
        if (string.IsNullOrWhiteSpace(body.Reason))
            throw ApiErrors.InvalidRequest.Thrown("The end of a review needs a reason.", "reason");
        var member = await target.FindAsync(context, id);
        await write.CommandAsync(
            context, member, new MemberCommand.EndReview(review, how, body.Reason),
            DeskWrite.Call(
                context, $"review {review} {how}", member.ToString(), body, ApiJson.Default.EndReviewBody));
    }

    /// <summary>Of one that has ended meanwhile nobody knows where it stood: the list begins anew.</summary>
    private static int IndexAfter(ImmutableArray<OpenReview> open, string after)
    {
        for (var i = 0; i < open.Length; i++)
            if (NameOf(open[i]) == after)
                return i + 1;
        return 0;
    }

    private static string NameOf(OpenReview open) => open.Review.Id;

    private static ReviewBody BodyOf(MemberId member, Review review) => new(
        review.Id, member, review.Since,
        [.. review.Causes.Select(cause => new ReviewCauseBody(cause.Rule.Rule, cause.Reason))],
        review.Type, review.Source, review.Event,
        review.Lines.GroupBy(line => line.Wallet).ToImmutableSortedDictionary(
            lines => lines.Key, lines => lines.Sum(line => line.Amount.Value), StringComparer.Ordinal),
        review.By, review.Store, review.Receipt, review.Cashier);
}
