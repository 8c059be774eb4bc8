using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MallVip.Rules.Members;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Events;

/// <summary><c>parking.entry</c> and <c>parking.exit</c>.</summary>
/// <param name="Lot">The car park's code.</param>
/// <param name="Plate">The handle of the plate, never the plate itself.</param>
/// <param name="Session">The gate's own number of the visit, if it has one.</param>
public sealed record ParkingData(
    [property: Name("lot")] string Lot,
    [property: Name("plate")] string Plate,
    [property: Name("s")] string? Session,
    [property: Name("v")] string? Vehicle) : EventData;

/// <summary><c>visit.door</c> and <c>visit.wifi</c>.</summary>
public sealed record VisitData([property: Name("m")] string Mall, [property: Name("place")] string? Place)
    : EventData;

/// <summary><c>app.opened</c>, <c>app.viewed</c> and <c>app.checkin</c>.</summary>
public sealed record AppData(
    [property: Name("page")] string? Page, [property: Name("place")] string? Place) : EventData;

/// <summary><c>content.opened</c> and <c>content.clicked</c>.</summary>
public sealed record ContentData(
    [property: Name("n")] string Content, [property: Name("ch")] string? Channel) : EventData;

/// <summary>
/// <c>member.registered</c> and <c>member.updated</c>: attributes as declared, personal ones as handles.
/// </summary>
public sealed record MemberData(ImmutableSortedDictionary<string, FieldValue> Attributes) : EventData
{
    /// <summary>Left out where it is empty, and then read as none.</summary>
    [Name("attrs")]
    public ImmutableSortedDictionary<string, FieldValue> Attributes { get; init; } =
        Attributes ?? ImmutableSortedDictionary<string, FieldValue>.Empty;

    /// <summary>By purpose, whether the member agrees; a purpose that is not named stays as it was.</summary>
    [Name("cons")]
    public ImmutableSortedDictionary<string, bool>? Consent { get; init; }

    /// <summary>Who brought the member; of kind <c>member</c>, the handle is the member's own id.</summary>
    [Name("ref")]
    public IdentityRef? Referrer { get; init; }
}

/// <summary>An event of a type that <c>programme.yaml</c> declares.</summary>
public sealed record CustomData(ImmutableSortedDictionary<string, FieldValue> Fields) : EventData
{
    /// <summary>Left out where it is empty, and then read as none.</summary>
    [Name("x")]
    public ImmutableSortedDictionary<string, FieldValue> Fields { get; init; } =
        Fields ?? ImmutableSortedDictionary<string, FieldValue>.Empty;
}

/// <summary>An event made by time: it has no data.</summary>
public sealed record EmptyData : EventData
{
    public static EmptyData Instance { get; } = new();
}

/// <summary>The value of a declared attribute or event field.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "t")]
[JsonDerivedType(typeof(Text), "s")]
[JsonDerivedType(typeof(Number), "n")]
[JsonDerivedType(typeof(Flag), "b")]
[JsonDerivedType(typeof(Date), "d")]
[JsonDerivedType(typeof(Moment), "m")]
[JsonDerivedType(typeof(Handle), "h")]
public abstract record FieldValue
{
    private FieldValue()
    {
    }

    public sealed record Text([property: Name("v")] string Value) : FieldValue;

    public sealed record Number([property: Name("v")] decimal Value) : FieldValue;

    public sealed record Flag([property: Name("v")] bool Value) : FieldValue;

    /// <summary>
    /// A calendar day. A birthday is kept with the year 4 (a leap year): month and day only.
    /// </summary>
    public sealed record Date([property: Name("v")] DateOnly Value) : FieldValue;

    public sealed record Moment([property: Name("v")] DateTimeOffset Value) : FieldValue;

    /// <summary>
    /// Stands for a personal value, which lives in the person table. Only equality means anything.
    /// </summary>
    public sealed record Handle([property: Name("v")] string Value) : FieldValue;
}
