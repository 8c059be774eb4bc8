using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MallVip.Rules.Quantities;

namespace MallVip.Client.Wire;

/// <summary>Car parks with a tariff.</summary>
public sealed record ParkingLotsBody(ImmutableArray<ParkingLotBody> Lots);

/// <param name="Lot">The code.</param>
/// <param name="Capacity">How many cars it holds; absent: nobody has said.</param>
/// <param name="Inside">Cars that are in; gates miss some.</param>
/// <param name="Unpaid">Visits that left and are not paid.</param>
public sealed record ParkingLotBody(
    string Lot, string Name, string Mall, string Tariff, int Inside, int Unpaid, int? Capacity = null);

/// <summary>What a visit costs, and what paying now would use.</summary>
/// <param name="Visit">As it stands.</param>
/// <param name="At">When it costs that: pass it as <c>at</c> to pay by this quote, within 5 minutes.</param>
/// <param name="Minutes">Of the visit.</param>
/// <param name="Currency">Of all money here.</param>
/// <param name="Fee">What the whole visit costs until then, with what is used.</param>
/// <param name="Paid">What of it is paid in money already.</param>
/// <param name="Due">What is to be paid in money.</param>
/// <param name="Points">Points that would be used.</param>
/// <param name="Parts">How the fee comes about, in order.</param>
/// <param name="Uses">What would be used, in the stated order.</param>
/// <param name="Unused">What would not, and why.</param>
/// <param name="Member">Whose it is: of several who have the plate the first. Absent: nobody's.</param>
/// <param name="MayLeave">Whether it may leave without paying (more).</param>
public sealed record ParkingQuoteBody(
    ParkingVisitBody Visit, DateTimeOffset At, int Minutes, string Currency, Money Fee, Money Paid, Money Due,
    long Points, ImmutableArray<FeePartBody> Parts, ImmutableArray<ParkingUseBody> Uses,
    ImmutableArray<ParkingUnusedBody> Unused, bool MayLeave, MemberId? Member = null);

/// <summary>A line of a fee.</summary>
/// <param name="Rate">The tariff's rate; absent: it is free.</param>
/// <param name="Free">Why it is free: <c>free</c> by the tariff, else <c>tier</c>, <c>spend</c>,
/// <c>coupon</c>, <c>points</c> or <c>grant</c>.</param>
/// <param name="Price">Of a block.</param>
/// <param name="Per">Minutes of a block.</param>
/// <param name="Blocks">Blocks that began.</param>
/// <param name="Amount">Blocks times price, less what a cap cuts.</param>
public sealed record FeePartBody(
    DateTimeOffset From, DateTimeOffset To, int Minutes, Money Amount, string? Rate = null,
    string? Free = null, Money? Price = null, int? Per = null, int? Blocks = null);

/// <param name="Source"><c>tier</c>, <c>spend</c>, <c>coupon</c>, <c>points</c> or <c>grant</c>.</param>
/// <param name="Day">The mall's day whose time it is; absent: of none.</param>
/// <param name="Coupon">The number of the coupon that is redeemed for it; absent: none.</param>
public sealed record ParkingUseBody(string Source, int Minutes, DateOnly? Day = null, int? Coupon = null);

/// <param name="Why"><c>no-member</c>, <c>none-left</c>, <c>not-asked</c>, <c>too-few</c>,
/// <c>nothing-to-pay</c> or <c>no-saving</c>.</param>
public sealed record ParkingUnusedBody(string Source, string Why);

/// <summary>A visit; plates are not shown.</summary>
/// <param name="Number">From 1 within the lot.</param>
/// <param name="How"><c>exit</c> or <c>exit-missing</c>; absent: it is inside.</param>
/// <param name="Fee">Of a visit that ended.</param>
/// <param name="Due">Of a visit that ended: what is not paid.</param>
/// <param name="Paid">What was paid in money.</param>
/// <param name="PaidThrough">Up to when it has been paid for.</param>
/// <param name="Granted">Free minutes that the staff gave.</param>
public sealed record ParkingVisitBody(
    string Lot, long Number, DateTimeOffset EnteredAt, Money Paid, DateTimeOffset? LeftAt = null,
    string? How = null, string? Session = null, string? Vehicle = null, Money? Fee = null, Money? Due = null,
    DateTimeOffset? PaidThrough = null, int? Granted = null);

/// <summary>Visits that left without paying, the oldest first.</summary>
public sealed record ParkingVisitsBody(ImmutableArray<ParkingVisitBody> Visits);

/// <summary>Pays for a visit.</summary>
/// <param name="Lot">The code.</param>
/// <param name="Plate">The car's; it is not kept.</param>
/// <param name="Payment">What was paid in money; absent: nothing is due.</param>
/// <param name="Points">The most points to use. Default 0.</param>
/// <param name="At">As the quote said; default: now.</param>
/// <param name="Coupon">The number or the code of a coupon of the member that gives parking time; default:
/// none.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PayParkingBody(
    string Lot, string Plate, OutsidePaymentBody? Payment = null, long Points = 0,
    DateTimeOffset? At = null, string? Coupon = null);

/// <param name="Id">The payment's own id where it was made; it counts once for ever.</param>
/// <param name="Amount">In the mall's currency: exactly what the quote says.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record OutsidePaymentBody(string Id, Money Amount);

/// <summary>A visit after a write.</summary>
/// <param name="Visit">Absent: it was so long ago that it is forgotten.</param>
/// <param name="LeaveBy">Until then it may leave; absent: it has left.</param>
public sealed record ParkingAnswerBody(ParkingVisitBody? Visit = null, DateTimeOffset? LeaveBy = null);

/// <summary>Asks at the exit.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ExitCheckBody(string Lot, string Plate);

/// <param name="MayLeave">Whether the barrier may open.</param>
/// <param name="Due">What is to be paid in money, as <see cref="ParkingQuoteBody.Due"/>.</param>
public sealed record ExitAnswerBody(bool MayLeave, Money Due, string Currency, ParkingVisitBody Visit);

/// <summary>Gives a visit free minutes.</summary>
/// <param name="Minutes">1 to 10,080.</param>
/// <param name="Reason">At most 500 characters; nothing personal.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record GrantParkingBody(int Minutes, string Reason);

/// <summary>Puts a plate right that was read wrongly.</summary>
/// <param name="To">The plate that the visit moves to.</param>
/// <param name="Reason">At most 500 characters; nothing personal.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MoveVisitBody(string To, string Reason);
