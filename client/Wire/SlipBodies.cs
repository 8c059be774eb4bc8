using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Wire;

/// <summary>Hands in a slip: a receipt that no till has sent.</summary>
/// <param name="Member">A member's id or identity; the identity is not kept.</param>
/// <param name="Store">The store's code.</param>
/// <param name="Receipt">The receipt's number as the store's till would send it.</param>
/// <param name="Time">When it was bought, RFC 3339 with an offset.</param>
/// <param name="Paid">What was paid, as in an event.</param>
/// <param name="Lines">As in an event; none: not told.</param>
/// <param name="Photo">Where the picture lies: an id or address, at most 500 characters. Never the picture.
/// </param>
/// <param name="Note">At most 500 characters; nothing personal.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SlipBody(
    string Member, string Store, string Receipt, string Time, JsonElement Paid, JsonElement? Lines = null,
    string? Photo = null, string? Note = null);

/// <summary>A slip and what has become of it.</summary>
/// <param name="Id">For looking at it, approving or declining it.</param>
/// <param name="Status"><c>waiting</c>, <c>approved</c> (the member is being told), <c>recorded</c>,
/// <c>duplicate</c> (a till has sent the receipt meanwhile), <c>refused</c> (by the member) or
/// <c>declined</c>.</param>
/// <param name="By">The key that handed it in.</param>
/// <param name="Member">Whose purchase it is.</param>
/// <param name="Source">The source of its event, <c>desk/</c> and who handed it in; its id is the
/// slip's.</param>
/// <param name="Lines">How many lines it has; 0: they were not told.</param>
/// <param name="Day">The mall's day on which it was handed in.</param>
/// <param name="ApproveBy">Until then it may be approved; only while it waits.</param>
/// <param name="DeclinedBy"><c>clock</c>: nobody approved it in time.</param>
/// <param name="Because">Why it was declined.</param>
/// <param name="Refused">Why it is not recorded although it was approved.</param>
/// <param name="Entry">The purchase in the member's ledger.</param>
public sealed record SlipViewBody(
    string Id, string Status, string By, MemberId Member, string Store, string Receipt, Money Paid,
    DateTimeOffset Time, string Source, int Lines, DateOnly Day, DateTimeOffset? At = null,
    DateTimeOffset? ApproveBy = null, string? Photo = null, string? Note = null, string? ApprovedBy = null,
    string? DeclinedBy = null, string? Because = null, SlipFaultBody? Refused = null, long? Entry = null);

/// <param name="Code">As of a problem.</param>
/// <param name="Title">The code in words.</param>
/// <param name="Detail">What the member said.</param>
public sealed record SlipFaultBody(string Code, string Title, string Detail);

/// <summary>Slips, the newest first.</summary>
/// <param name="Next">Pass it as <c>cursor</c> for more; absent: these are the last.</param>
public sealed record SlipsBody(ImmutableArray<SlipViewBody> Receipts, string? Next = null);

/// <summary>Decides about a slip.</summary>
/// <param name="Reason">Why; needed to decline one, at most 500 characters.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SlipDecisionBody(string? Reason = null);
