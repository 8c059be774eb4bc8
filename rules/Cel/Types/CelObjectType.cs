namespace MallVip.Rules.Cel;

/// <summary>
/// A record type with declared fields and methods. Build one with <see cref="CelObjectType{T}"/>.
/// </summary>
public abstract class CelObjectType : CelType
{
    private readonly Dictionary<string, CelField> _fields = new(StringComparer.Ordinal);
    private readonly List<CelHostFunction> _methods = [];

    private protected CelObjectType(string name, Type hostType) : base(CelTypeKind.Object, name) =>
        HostType = hostType;

    /// <summary>The declared field names, for completion and hints.</summary>
    public IEnumerable<string> FieldNames => _fields.Keys;

    /// <summary>The declared method names, for completion and hints.</summary>
    public IEnumerable<string> MethodNames =>
        _methods.Select(method => method.Name).Distinct(StringComparer.Ordinal);

    /// <summary>The class of the records.</summary>
    public Type HostType { get; }

    internal IReadOnlyList<CelHostFunction> Methods => _methods;

    /// <summary>The static type of a field; null when it is not declared.</summary>
    public CelType? TypeOfField(string name) => FindField(name)?.Type;

    internal CelField? FindField(string name) => _fields.GetValueOrDefault(name);

    private protected void Add(CelField field) => _fields.Add(field.Name, field);

    private protected void Add(CelHostFunction method) => _methods.Add(method);
}
