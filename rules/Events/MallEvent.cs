using System.Text.Json.Serialization;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Events;

/// <summary>
/// One event as the rules see it: a CloudEvent whose subject has been resolved to a member and whose personal
/// fields have been replaced by opaque handles.
/// </summary>
/// <param name="Source">CloudEvents <c>source</c>: who sent it; with <paramref name="Id"/> it is the event's
/// key.</param>
/// <param name="Id">CloudEvents <c>id</c>, unique within its source for ever.</param>
/// <param name="Type">One of <see cref="EventTypes"/> or a type declared in <c>programme.yaml</c>.</param>
/// <param name="Time">When it happened, with the sender's offset. Decides windows, limit days and lot
/// dates.</param>
/// <param name="Data">What happened, by type.</param>
public sealed record MallEvent(
    [property: Name("s")] string Source,
    [property: Name("i")] string Id,
    [property: Name("t")] string Type,
    [property: Name("at")] DateTimeOffset Time,
    [property: Name("x")] EventData Data);

/// <summary>The payload of an event, one record per shape.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "d")]
[JsonDerivedType(typeof(PurchaseData), "purchase")]
[JsonDerivedType(typeof(RefundData), "refund")]
[JsonDerivedType(typeof(ParkingData), "parking")]
[JsonDerivedType(typeof(VisitData), "visit")]
[JsonDerivedType(typeof(AppData), "app")]
[JsonDerivedType(typeof(ContentData), "content")]
[JsonDerivedType(typeof(MemberData), "member")]
[JsonDerivedType(typeof(CustomData), "custom")]
[JsonDerivedType(typeof(EmptyData), "none")]
public abstract record EventData
{
    private protected EventData()
    {
    }
}
