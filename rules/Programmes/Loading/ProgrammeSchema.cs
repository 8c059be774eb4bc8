using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MallVip.Rules.Programmes.Loading;

/// <summary>
/// The JSON Schema (draft 2020-12) of programme files, for completion and checks in editors. Written from the
/// tables that the loader itself checks by; kept in <c>docs/programme.schema.json</c>.
/// </summary>
public static class ProgrammeSchema
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string ToJson() => ToObject().ToJsonString(Options) + "\n";

    // A file with `ruleset` is a rule file, one with `wallets` the main file, any other a store file.
    private static JsonObject ToObject() => new()
    {
        ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
        ["title"] = "MallVip programme file",
        ["$defs"] = new JsonObject
        {
            ["rules"] = RuleFormat.File.ToSchema(),
            ["programme"] = ProgrammeFormat.Programme.ToSchema(),
            ["stores"] = ProgrammeFormat.StoreFile.ToSchema(),
        },
        ["if"] = Requires("ruleset"),
        ["then"] = Reference("rules"),
        ["else"] = new JsonObject
        {
            ["if"] = Requires("wallets"),
            ["then"] = Reference("programme"),
            ["else"] = Reference("stores"),
        },
    };

    private static JsonObject Requires(string key) => new() { ["required"] = new JsonArray(key) };

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/$defs/{name}" };
}
