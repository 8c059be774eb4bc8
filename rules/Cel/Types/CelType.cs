namespace MallVip.Rules.Cel;

/// <summary>
/// A static type. Types are compared by <see cref="Equals(CelType)"/>: by structure, objects by name.
/// </summary>
public class CelType : IEquatable<CelType>
{
    private protected CelType(CelTypeKind kind, string name, params CelType[] parameters)
    {
        Kind = kind;
        Name = name;
        Parameters = parameters;
    }

    public static CelType Dyn { get; } = new(CelTypeKind.Dyn, "dyn");

    public static CelType Null { get; } = new(CelTypeKind.Null, "null_type");

    public static CelType Bool { get; } = new(CelTypeKind.Bool, "bool");

    public static CelType Int { get; } = new(CelTypeKind.Int, "int");

    public static CelType Uint { get; } = new(CelTypeKind.Uint, "uint");

    public static CelType Double { get; } = new(CelTypeKind.Double, "double");

    /// <summary>MallVip's extension for money and rates: 28 significant digits, base ten.</summary>
    public static CelType Decimal { get; } = new(CelTypeKind.Decimal, "decimal");

    public static CelType String { get; } = new(CelTypeKind.String, "string");

    public static CelType Bytes { get; } = new(CelTypeKind.Bytes, "bytes");

    public static CelType Timestamp { get; } = new(CelTypeKind.Timestamp, "google.protobuf.Timestamp");

    public static CelType Duration { get; } = new(CelTypeKind.Duration, "google.protobuf.Duration");

    public static CelType Type { get; } = new(CelTypeKind.Type, "type");

    public static CelType AnyList { get; } = List(Dyn);

    public static CelType AnyMap { get; } = Map(Dyn, Dyn);

    internal static CelType AnyOpaque { get; } = Opaque("opaque");

    public CelTypeKind Kind { get; }

    /// <summary>The name that <c>type(x)</c> shows, without type parameters.</summary>
    public string Name { get; }

    /// <summary>The element type of a list; the key and value types of a map.</summary>
    public IReadOnlyList<CelType> Parameters { get; }

    /// <summary>The only texts a value may take, or null for any. See <see cref="Enum"/>.</summary>
    public IReadOnlyCollection<string>? AllowedTexts { get; private init; }

    public bool IsNumber => Kind is >= CelTypeKind.Int and <= CelTypeKind.Decimal;

    public static CelType List(CelType item) => new(CelTypeKind.List, "list", item);

    public static CelType Map(CelType key, CelType value) => new(CelTypeKind.Map, "map", key, value);

    /// <summary>A type whose values can only be compared for equality.</summary>
    public static CelType Opaque(string name) => new(CelTypeKind.Opaque, name);

    /// <summary>
    /// Text from a known set, called <paramref name="name"/> in messages. A literal compared with it that is
    /// not in the set is a check error. Everything else treats it as a string.
    /// </summary>
    public static CelType Enum(string name, IEnumerable<string> values) =>
        new(CelTypeKind.String,
            name)
        { AllowedTexts = new SortedSet<string>(values, StringComparer.Ordinal) };

    public bool Equals(CelType? other) =>
        other is not null && Kind == other.Kind && Parameters.SequenceEqual(other.Parameters)
        && (Kind is not (CelTypeKind.Object or CelTypeKind.Opaque)
            || string.Equals(Name, other.Name, StringComparison.Ordinal));

    public override bool Equals(object? obj) => Equals(obj as CelType);

    public override int GetHashCode() => HashCode.Combine(Kind, Parameters.Count);

    public override string ToString() => Parameters.Count switch
    {
        1 => $"list({Parameters[0]})",
        2 => $"map({Parameters[0]}, {Parameters[1]})",
        _ => Kind switch
        {
            CelTypeKind.Timestamp => "timestamp",
            CelTypeKind.Duration => "duration",
            CelTypeKind.Null => "null",
            _ => Name,
        },
    };
}
