namespace MallVip.Rules.Cel;

/// <summary>The families of static types.</summary>
public enum CelTypeKind
{
    Dyn,
    Null,
    Bool,
    Int,
    Uint,
    Double,
    Decimal,
    String,
    Bytes,
    Timestamp,
    Duration,
    List,
    Map,
    Type,
    Object,
    Opaque,
}
