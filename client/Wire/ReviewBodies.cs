using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MallVip.Rules.Quantities;
using MallVip.Rules.Reviews;

namespace MallVip.Client.Wire;

/// <summary>Says what becomes of points under review.</summary>
/// <param name="Reason">Why; stands in the journal with the name of the key.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record EndReviewBody(string Reason);

/// <summary>An event under review.</summary>
/// <param name="Review">Its name, for ending it; it stays the same when the member becomes a part of
/// another.</param>
/// <param name="Since">When it was decided.</param>
/// <param name="Causes">The guards that acted; at least one.</param>
/// <param name="Type">The event's.</param>
/// <param name="By">The key that sent the event, which cannot end the review; none: nobody that is known.
/// </param>
/// <param name="Store">The purchase's or refund's; none: it was neither.</param>
/// <param name="Receipt">The purchase's, or that of the purchase which was returned.</param>
/// <param name="Cashier">Who sold it, as the till says.</param>
/// <param name="Points">What it earned, by wallet, before returns.</param>
public sealed record ReviewBody(
    string Review, MemberId Member, DateTimeOffset Since, ImmutableArray<ReviewCauseBody> Causes, string Type,
    string Source, string Id, ImmutableSortedDictionary<string, long> Points, string? By = null,
    string? Store = null, string? Receipt = null, string? Cashier = null);

/// <summary>A guard that acted.</summary>
/// <param name="Rule">Full id.</param>
/// <param name="Reason">What it says to whoever looks.</param>
public sealed record ReviewCauseBody(string Rule, string Reason);

/// <summary>Open reviews, the oldest first.</summary>
/// <param name="Next">Pass it as <c>after</c> for more; none: these are the last.</param>
public sealed record ReviewsBody(ImmutableArray<ReviewBody> Reviews, string? Next = null);

/// <summary>A review that has ended.</summary>
/// <param name="How"><c>released</c> or <c>rejected</c>.</param>
public sealed record ReviewEndBody(string Review, string How)
{
    internal static string WordOf(ReviewEnd how) => how == ReviewEnd.Released ? "released" : "rejected";
}
