using System.Text.Json;
using System.Text.RegularExpressions;
using MallVip.Rules.Programmes.Loading;
using MallVip.Rules.Yaml;

namespace MallVip.Rules.Tests.Programmes;

public class SchemaTests
{
    private static readonly JsonElement Root = JsonDocument.Parse(ProgrammeSchema.ToJson()).RootElement;

    [Fact]
    public void The_schema_in_the_docs_is_the_one_the_loader_checks_by() =>
        Docs.Hold("programme.schema.json", ProgrammeSchema.ToJson());

    [Fact]
    public void Every_shipped_file_fits_the_schema()
    {
        var files = Directory.GetFiles(Library.Folder, "*.yaml", SearchOption.AllDirectories)
            .Where(path => !path.EndsWith(".map.yaml", StringComparison.Ordinal))
            .ToArray();

        Assert.True(files.Length >= 10);
        foreach (var file in files)
        {
            var map = YamlReader.Read(file, File.ReadAllText(file), new())!;
            var kind = map.Entry("ruleset") is not null ? "rules" : map.Entry("wallets") is not null
                ? "programme" : "stores";
            Assert.Equal([], Misfits(map, Root.GetProperty("$defs").GetProperty(kind), file));
        }
    }

    [Theory]
    [InlineData("ruleset: t\nrules: { r: { on: mall.purchase, earn: { amount: 1, wallt: x } } }")]
    [InlineData("ruleset: t\nrules: { r: { earn: { amount: 1 } } }")]
    [InlineData("ruleset: t\nrules: { r: { on: mall.purchase, priority: high } }")]
    [InlineData("ruleset: t\nrules: { r: { on: mall.purchase, active: { days: [saturday] } } }")]
    public void What_the_loader_refuses_by_its_form_the_schema_refuses(string text)
    {
        var map = YamlReader.Read("t", text, new())!;

        Assert.NotEmpty(Misfits(map, Root.GetProperty("$defs").GetProperty("rules"), "t"));
    }

    // The part of JSON Schema that the schema uses.
    private static IEnumerable<string> Misfits(YamlNode node, JsonElement schema, string at) => schema switch
    {
        _ when schema.TryGetProperty("anyOf", out var forms) =>
            forms.EnumerateArray().Any(form => !Misfits(node, form, at).Any()) ? [] : [$"{at}: no form fits"],
        _ when schema.TryGetProperty("enum", out var words) =>
            words.EnumerateArray().Any(word => IsWord(node, word)) ? [] : [$"{at}: word"],
        _ => schema.GetProperty("type").ToString() switch
        {
            "object" => node is YamlMap map ? OfMap(map, schema, at) : [$"{at}: no map"],
            "array" => node is YamlList list
                ? list.Items.SelectMany((item, n) => Misfits(item, schema.GetProperty("items"), $"{at}[{n}]"))
                : [$"{at}: no list"],
            "integer" =>
                node is YamlScalar number && long.TryParse(number.Value, out _) ? [] : [$"{at}: no integer"],
            _ => node is YamlScalar scalar && Matches(scalar.Value, schema) ? [] : [$"{at}: no text"],
        },
    };

    private static IEnumerable<string> OfMap(YamlMap map, JsonElement schema, string at)
    {
        foreach (var key in schema.TryGetProperty("required", out var required) ? required.EnumerateArray()
            : default)
            if (map.Entry(key.GetString()!) is null)
                yield return $"{at}: lacks {key}";
        foreach (var (key, value) in map.Entries)
        {
            var known = schema.TryGetProperty("properties", out var keys) &&
                keys.TryGetProperty(key.Value, out _);
            var rest = schema.TryGetProperty("additionalProperties", out var more);
            if (!known && rest && more.ValueKind == JsonValueKind.False)
                yield return $"{at}: unknown {key.Value}";
            var inner = known ? keys.GetProperty(key.Value) : more;
            if (inner.ValueKind == JsonValueKind.Object)
                foreach (var misfit in Misfits(value, inner, $"{at}.{key.Value}"))
                    yield return misfit;
        }
    }

    private static bool IsWord(YamlNode node, JsonElement word) =>
        string.Equals(word.ToString(), (node as YamlScalar)?.Value, StringComparison.OrdinalIgnoreCase);

    private static bool Matches(string text, JsonElement schema) =>
        !schema.TryGetProperty("pattern", out var pattern)
            || Regex.IsMatch(text, pattern.GetString()!, RegexOptions.NonBacktracking);
}
