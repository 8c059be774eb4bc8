using System.Runtime.CompilerServices;

namespace MallVip.Rules.Cel;

/// <summary>
/// One value of the expression language. Scalars are held in place; text, bytes, lists, maps, types, objects
/// and errors by reference. Equality is the language's: numbers compare by value whatever their type, NaN
/// equals nothing.
/// </summary>
public readonly partial struct CelValue : IEquatable<CelValue>
{
    private readonly object? _reference;
    private readonly long _first;
    private readonly long _second;

    private CelValue(CelKind kind, object? reference, long first = 0, long second = 0)
    {
        Kind = kind;
        _reference = reference;
        _first = first;
        _second = second;
    }

    public static CelValue Null => default;

    public static CelValue True => Of(true);

    public static CelValue False => Of(false);

    public CelKind Kind { get; }

    public bool IsError => Kind == CelKind.Error;

    public static CelValue Of(bool value) => new(CelKind.Bool, null, value ? 1 : 0);

    public static CelValue Of(long value) => new(CelKind.Int, null, value);

    public static CelValue Of(ulong value) => new(CelKind.Uint, null, unchecked((long)value));

    public static CelValue Of(double value) =>
        new(CelKind.Double, null, BitConverter.DoubleToInt64Bits(value));

    public static CelValue Of(decimal value)
    {
        var bits = Unsafe.As<decimal, (long First, long Second)>(ref value);
        return new CelValue(CelKind.Decimal, null, bits.First, bits.Second);
    }

    public static CelValue Of(string value) => new(CelKind.String, value);

    public static CelValue Of(byte[] value) => new(CelKind.Bytes, value);

    public static CelValue Of(CelTimestamp value) => new(CelKind.Timestamp, null, value.Seconds, value.Nanos);

    public static CelValue Of(CelDuration value) => new(CelKind.Duration, null, value.Nanos);

    public static CelValue Of(CelList value) => new(CelKind.List, value);

    public static CelValue Of(CelMap value) => new(CelKind.Map, value);

    /// <summary>A type as a value, as in <c>type(1) == int</c>.</summary>
    public static CelValue Of(CelType value) => new(CelKind.Type, value);

    /// <summary>A failed evaluation. It is never seen by a running expression, only by the caller.</summary>
    public static CelValue Of(CelError value) => new(CelKind.Error, value);

    /// <summary>A record whose fields <paramref name="type"/> declares.</summary>
    public static CelValue OfObject(CelObjectType type, object value) =>
        new(CelKind.Object, new CelObjectRef(type, value));

    /// <summary>A value that expressions may only compare for equality, by its own <c>Equals</c>.</summary>
    public static CelValue OfOpaque(object value) => new(CelKind.Opaque, value);
}
