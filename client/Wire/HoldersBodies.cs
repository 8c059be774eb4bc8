using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Wire;

/// <summary>Who holds a plate or a device.</summary>
/// <param name="Members">In their order: the first gets its events and is whom it leads to; none: nobody
/// holds it.</param>
/// <param name="Status"><c>accepted</c>, <c>duplicate</c> or <c>unchanged</c>; none: nothing was asked to be
/// changed.</param>
public sealed record HoldersBody(ImmutableArray<MemberId> Members, string? Status = null);

/// <summary>Puts those who hold a plate or a device in another order.</summary>
/// <param name="Members">All of them, the first first: 1 to 8.</param>
/// <param name="Reason">Why; stands in the journal.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record OrderHoldersBody(ImmutableArray<MemberId> Members, string Reason);
