using System.Text.Json;

namespace MallVip.Rules.Cel;

/// <summary>What a line of the eval command asks for.</summary>
internal sealed record CelEvalRequest(
    string Expression, IReadOnlyDictionary<string, CelValue> Bindings, string Container, CelOptions Options)
{
    public static CelEvalRequest Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new CelInputException("an object with 'expr' is expected");
        var bindings = new Dictionary<string, CelValue>(StringComparer.Ordinal);
        if (root.TryGetProperty("bindings", out var given))
        {
            if (given.ValueKind != JsonValueKind.Object)
                throw new CelInputException("'bindings' is not an object");
            foreach (var binding in given.EnumerateObject())
                bindings[binding.Name] = CelJson.Read(binding.Value);
        }
        var options = new CelOptions
        {
            DisableCheck = Flag(root, "disable_check"),
            DisableMacros = Flag(root, "disable_macros"),
        };
        return new CelEvalRequest(Text(root, "expr"), bindings, Text(root, "container", ""), options);
    }

    private static string Text(JsonElement root, string name, string? otherwise = null)
    {
        if (!root.TryGetProperty(name, out var value))
            return otherwise ?? throw new CelInputException($"'{name}' is missing");
        return CelJson.Text(value, name);
    }

    private static bool Flag(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value))
            return false;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw new CelInputException($"'{name}' is neither true nor false");
    }
}
