using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MallVip.Rules.Events;

/// <summary><c>parking.entry</c> and <c>parking.exit</c>.</summary>
/// <param name="Lot">The car park's code.</param>
/// <param name="Plate">The handle of the plate, never the plate itself.</param>
/// <param name="Session">The gate's own number of the visit, if it has one.</param>
public sealed record ParkingData(string Lot, string Plate, string? Session, string? Vehicle) : EventData;

/// <summary><c>visit.door</c> and <c>visit.wifi</c>.</summary>
public sealed record VisitData(string Mall, string? Place) : EventData;

/// <summary><c>app.opened</c>, <c>app.viewed</c> and <c>app.checkin</c>.</summary>
public sealed record AppData(string? Page, string? Place) : EventData;

/// <summary><c>content.opened</c> and <c>content.clicked</c>.</summary>
public sealed record ContentData(string Content, string? Channel) : EventData;

/// <summary><c>member.registered</c> and <c>member.updated</c>: attributes as declared, personal ones as handles.</summary>
public sealed record MemberData(ImmutableSortedDictionary<string, FieldValue> Attributes) : EventData;

/// <summary>An event of a type that <c>programme.yaml</c> declares.</summary>
public sealed record CustomData(ImmutableSortedDictionary<string, FieldValue> Fields) : EventData;

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

    public sealed record Text(string Value) : FieldValue;

    public sealed record Number(decimal Value) : FieldValue;

    public sealed record Flag(bool Value) : FieldValue;

    /// <summary>A calendar day. A birthday is kept with the year 4 (a leap year): month and day only.</summary>
    public sealed record Date(DateOnly Value) : FieldValue;

    public sealed record Moment(DateTimeOffset Value) : FieldValue;

    /// <summary>Stands for a personal value, which lives in the person table. Only equality means anything.</summary>
    public sealed record Handle(string Value) : FieldValue;
}
