namespace MallVip.Rules.Cel;

/// <summary>The variables and functions of an environment, and how names in a container find them.</summary>
internal sealed class CelNames
{
    private static readonly Dictionary<string, CelType> TypeNames = new(StringComparer.Ordinal)
    {
        ["bool"] = CelType.Bool,
        ["int"] = CelType.Int,
        ["uint"] = CelType.Uint,
        ["double"] = CelType.Double,
        ["decimal"] = CelType.Decimal,
        ["string"] = CelType.String,
        ["bytes"] = CelType.Bytes,
        ["list"] = CelType.AnyList,
        ["map"] = CelType.AnyMap,
        ["null_type"] = CelType.Null,
        ["type"] = CelType.Type,
        ["google.protobuf.Timestamp"] = CelType.Timestamp,
        ["google.protobuf.Duration"] = CelType.Duration,
    };

    private readonly Dictionary<string, CelBinding> _variables = new(StringComparer.Ordinal);
    private readonly List<CelHostFunction> _functions = [];

    public string Container { get; set; } = "";

    public IEnumerable<string> VariableNames => _variables.Keys;

    public IEnumerable<string> FunctionNames =>
        CelLibrary.FunctionNames.Concat(_functions.Select(function => function.Name));

    public void Add(string name, CelBinding binding) => _variables.Add(name, binding);

    public void Add(CelHostFunction function) => _functions.Add(function);

    public CelNames Clone()
    {
        var copy = new CelNames { Container = Container };
        foreach (var (name, binding) in _variables)
            copy.Add(name, binding);
        copy._functions.AddRange(_functions);
        return copy;
    }

    /// <summary>The innermost container that knows the name wins.</summary>
    public CelBinding? FindVariable(string name, bool isAbsolute)
    {
        foreach (var candidate in Candidates(name, isAbsolute))
        {
            if (_variables.TryGetValue(candidate, out var binding))
                return binding;
            if (TypeNames.TryGetValue(candidate, out var type))
                return new CelConstant(CelType.Type, CelValue.Of(type));
        }
        return null;
    }

    public (CelHostFunction[] Host, CelOverload[] Library) FindFunctions(string name, bool isAbsolute = false)
    {
        foreach (var candidate in Candidates(name, isAbsolute))
        {
            var host = _functions.Where(function => function.Name == candidate).ToArray();
            var library = CelLibrary.Find(candidate, isMember: false);
            if (host.Length + library.Length > 0)
                return (host, library);
        }
        return ([], []);
    }

    private IEnumerable<string> Candidates(string name, bool isAbsolute)
    {
        var prefix = isAbsolute ? "" : Container;
        while (prefix.Length > 0)
        {
            yield return $"{prefix}.{name}";
            prefix = prefix[..Math.Max(0, prefix.LastIndexOf('.'))];
        }
        yield return name;
    }
}
