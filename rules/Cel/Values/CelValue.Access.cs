using System.Runtime.CompilerServices;

namespace MallVip.Rules.Cel;

/// <summary>Reading a value. Each accessor is valid only for its own <see cref="Kind"/>.</summary>
public readonly partial struct CelValue
{
    public bool AsBool => _first != 0;

    public long AsInt => _first;

    public ulong AsUint => unchecked((ulong)_first);

    public double AsDouble => BitConverter.Int64BitsToDouble(_first);

    public decimal AsDecimal
    {
        get
        {
            var bits = (_first, _second);
            return Unsafe.As<(long, long), decimal>(ref bits);
        }
    }

    public string AsString => (string)_reference!;

    public byte[] AsBytes => (byte[])_reference!;

    public CelTimestamp AsTimestamp => new(_first, (int)_second);

    public CelDuration AsDuration => new(_first);

    public CelList AsList => (CelList)_reference!;

    public CelMap AsMap => (CelMap)_reference!;

    public CelType AsType => (CelType)_reference!;

    /// <summary>The record or the opaque thing itself.</summary>
    public object AsObject => _reference is CelObjectRef typed ? typed.Value : _reference!;

    public CelError AsError => (CelError)_reference!;

    internal CelObjectType ObjectType => ((CelObjectRef)_reference!).Type;

    /// <summary>The type of the value, as <c>type(x)</c> gives it.</summary>
    public CelType Type => Kind switch
    {
        CelKind.Null => CelType.Null,
        CelKind.Bool => CelType.Bool,
        CelKind.Int => CelType.Int,
        CelKind.Uint => CelType.Uint,
        CelKind.Double => CelType.Double,
        CelKind.Decimal => CelType.Decimal,
        CelKind.String => CelType.String,
        CelKind.Bytes => CelType.Bytes,
        CelKind.Timestamp => CelType.Timestamp,
        CelKind.Duration => CelType.Duration,
        CelKind.List => CelType.AnyList,
        CelKind.Map => CelType.AnyMap,
        CelKind.Type => CelType.Type,
        CelKind.Object => ObjectType,
        CelKind.Opaque => CelType.AnyOpaque,
        CelKind.Error => CelType.Dyn,
        _ => throw new InvalidOperationException($"unknown kind {Kind}"),
    };

    internal bool IsNumber => Kind is >= CelKind.Int and <= CelKind.Decimal;

    public bool Equals(CelValue other) => CelEquality.Equal(this, other);

    public override bool Equals(object? obj) => obj is CelValue other && Equals(other);

    public override int GetHashCode() => CelEquality.Hash(this);

    /// <summary>The value as the language's <c>format("%s")</c> writes it; for logs and messages.</summary>
    public override string ToString() => CelText.Of(this);

    public static bool operator ==(CelValue left, CelValue right) => left.Equals(right);

    public static bool operator !=(CelValue left, CelValue right) => !left.Equals(right);
}

/// <summary>A record together with the type that declares its fields.</summary>
internal sealed record CelObjectRef(CelObjectType Type, object Value);
