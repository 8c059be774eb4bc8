using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MallVip.Client.Wire;

/// <summary>Makes a member.</summary>
/// <param name="Identities">At least one, <c>kind:value</c>: <c>phone:+8613800138000</c>.</param>
/// <param name="Mall">Where the member enrols; none: no mall in particular.</param>
/// <param name="Attributes">As <c>programme.yaml</c> declares them.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RegisterBody(
    ImmutableArray<string> Identities,
    string? Mall = null,
    ImmutableSortedDictionary<string, JsonElement>? Attributes = null);

/// <summary>Uses points.</summary>
/// <param name="Amount">1 or more.</param>
/// <param name="Wallet">None: the programme's first spendable wallet.</param>
/// <param name="Reason">What for; stands in the ledger.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record SpendBody(long Amount, string? Wallet = null, string? Reason = null);

/// <summary>Sets points aside for a spend that is about to come.</summary>
/// <param name="Amount">1 or more.</param>
/// <param name="Wallet">None: the programme's first spendable wallet.</param>
/// <param name="Minutes">How long, 1 to 43,200 (30 days); none: 15.</param>
/// <param name="Reason">What for.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record HoldPointsBody(
    long Amount, string? Wallet = null, int? Minutes = null, string? Reason = null);

/// <summary>Spends what is held.</summary>
/// <param name="Amount">1 to what is held; none: all of it. What is left is free again.</param>
/// <param name="Reason">What for; stands in the ledger.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record CaptureBody(long? Amount = null, string? Reason = null);

/// <summary>Gives held points free.</summary>
/// <param name="Reason">Why.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReleaseBody(string? Reason = null);

/// <summary>Gives points to another member.</summary>
/// <param name="To">The other member's id or an identity.</param>
/// <param name="Amount">1 or more; they keep the end that they have.</param>
/// <param name="Wallet">None: the programme's first spendable wallet.</param>
/// <param name="Reason">What for; stands in both ledgers.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TransferPointsBody(string To, long Amount, string? Wallet = null, string? Reason = null);

/// <summary>Makes one member of two.</summary>
/// <param name="Into">Who goes on: the other member's id or an identity.</param>
/// <param name="Reason">Why; stands in the journal.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MergeBody(string Into, string Reason);

/// <summary>Corrects a balance by hand.</summary>
/// <param name="Amount">Not 0; negative takes points away.</param>
/// <param name="Reason">Why; stands in the ledger.</param>
/// <param name="Wallet">None: the programme's first spendable wallet.</param>
/// <param name="ExpiresAt">When points that are added lapse; none: as points earned today do.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record AdjustBody(
    long Amount, string Reason, string? Wallet = null, DateTimeOffset? ExpiresAt = null);

/// <summary>Vouches for a receipt, whose points wait for that.</summary>
/// <param name="Store">The store's code.</param>
/// <param name="Receipt">The store's number of the receipt.</param>
/// <param name="Reason">What it was confirmed by.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ConfirmBody(string Store, string Receipt, string? Reason = null);

/// <summary>Lets points last longer.</summary>
/// <param name="Until">The first instant at which they are gone. Points that end later, or never, stay as
/// they are.</param>
/// <param name="Reason">Why; stands in the ledger.</param>
/// <param name="Wallet">None: the programme's first spendable wallet.</param>
/// <param name="EndingBefore">Only points that end before; none: all that have an end.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ExtendBody(
    DateTimeOffset Until, string Reason, string? Wallet = null, DateTimeOffset? EndingBefore = null);

/// <summary>Lets points lapse now: pending ones too, held ones not.</summary>
/// <param name="Reason">Why; stands in the ledger.</param>
/// <param name="Wallet">None: the programme's first spendable wallet.</param>
/// <param name="EndingBefore">Only points that end before; none: all.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ExpireBody(
    string Reason, string? Wallet = null, DateTimeOffset? EndingBefore = null);

/// <summary>How long a tag holds, and why it was given.</summary>
/// <param name="Until">The first instant at which it no longer holds; none: no end.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record TagBody(DateTimeOffset? Until = null, string? Reason = null);

/// <summary>Sets what a member may do.</summary>
/// <param name="Status"><c>active</c>, <c>card-lost</c>, <c>frozen</c>, <c>blacklisted</c> or
/// <c>closed</c>.</param>
/// <param name="Reason">Why; shown with the member.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StatusBody(string Status, string Reason);

/// <summary>Gives a member one more identity.</summary>
/// <param name="Identity"><c>kind:value</c>.</param>
/// <param name="Verified">Whether it was checked to be the member's; none: it was not.</param>
/// <param name="How">How it was checked, as in <see cref="VerifyBody"/>; only with
/// <paramref name="Verified"/>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LinkBody(string Identity, bool? Verified = null, string? How = null);

/// <summary>Says whether an identity was checked to be the member's.</summary>
/// <param name="How">A word of 1 to 32 lower-case letters, digits and hyphens: <c>sms</c>, <c>desk</c>; none
/// where it is not checked any more.</param>
/// <param name="Verified">False: not checked any more. None: true.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record VerifyBody(string? How = null, bool? Verified = null);

/// <summary>Takes an identity from a member.</summary>
/// <param name="Reason">Why; stands in the journal.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ReleaseIdentityBody(string Reason);

/// <summary>Gives an unclaimed event to a member.</summary>
/// <param name="Source">The event's source.</param>
/// <param name="Id">The event's id.</param>
/// <param name="Member">A member's id or an identity of the member.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ClaimBody(string Source, string Id, string Member);
