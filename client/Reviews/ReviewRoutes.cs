using MallVip.Client.Keys;
using MallVip.Client.Wire;
using MallVip.Rules.Reviews;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace MallVip.Client.Reviews;

/// <summary>The paths of reviews.</summary>
internal static class ReviewRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        v1.MapGet("/reviews",
            ([FromServices] ReviewEndpoints reviews, HttpContext context) => reviews.ListAsync(context))
            .Named("listReviews", "Events that wait for an operator's word", "Reviews", Scopes.Operate)
            .Bounded().Takes("after", "rule").Produces<ReviewsBody>().Refuses();
        v1.MapGet("/members/{id}/reviews",
            ([FromServices] ReviewEndpoints reviews, HttpContext context, string id) =>
                reviews.ReadAsync(context, id))
            .Named("readReviews", "A member's open reviews", "Reviews", Scopes.Operate)
            .Bounded().Produces<ReviewsBody>().Refuses();
        v1.MapPost("/members/{id}/reviews/{review}/release",
            ([FromServices] ReviewEndpoints reviews, HttpContext context, string id, string review) =>
                reviews.EndAsync(context, id, review, ReviewEnd.Released))
            .Desk<EndReviewBody>("releaseReview", "Release points under review", scope: Scopes.Operate);
        v1.MapPost("/members/{id}/reviews/{review}/reject",
            ([FromServices] ReviewEndpoints reviews, HttpContext context, string id, string review) =>
                reviews.EndAsync(context, id, review, ReviewEnd.Rejected))
            .Desk<EndReviewBody>("rejectReview", "Take points under review back", scope: Scopes.Operate);
    }
}
