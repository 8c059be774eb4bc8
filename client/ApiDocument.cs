using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace MallVip.Client;

/// <summary>Query parameters that an endpoint reads by itself; for the OpenAPI document.</summary>
internal sealed record QueryParameters(string[] Names);

/// <summary>The endpoint needs the header <c>Idempotency-Key</c>; for the OpenAPI document.</summary>
internal sealed class NeedsIdempotencyKey;

/// <summary>The endpoint reads the header <c>Prefer</c>; for the OpenAPI document.</summary>
internal sealed class ReadsPreference;

/// <summary>The OpenAPI document at <c>/v1/openapi.json</c>.</summary>
internal static class ApiDocument
{
    private static readonly Dictionary<string, string> Meaning = new(StringComparer.Ordinal)
    {
        ["run"] = "Id of an import run: events of any age, unknown identities are enrolled. Scope operate.",
        ["dryRun"] = "true: decide and answer, record nothing. Default false.",
        ["source"] = "The event's source. Required.",
        ["id"] = "The event's id. Required.",
        ["at"] = "An RFC 3339 instant; the answer is as of then.",
        ["now"] = "An RFC 3339 instant; the member is taken as of then. Default: the clock.",
        ["lot"] = "A car park by its code. Default, where it may be left out: all.",
        ["plate"] = "The car's plate; it is not kept. Required.",
        ["coupon"] = "The number or the code of a coupon of the member. Default: none.",
        ["points"] = "The most points to use. Default 0.",
        ["mall"] = "Only there, and how many are left; of a stock required. Default: everywhere.",
        ["member"] = "Whose price is told: a UUID or an identity. Default: the price without a tier.",
        ["line"] = "Only this line of the entry, from 1. Default: all of them.",
        ["reason"] = "Why; stands in the members' ledgers. Required.",
        ["status"] = "Only those that stand so, as waiting. Default: all.",
        ["store"] = "Only those of a store, by its code. Default: of all.",
        ["day"] = "Only those of a day, as 2026-11-23. Default: of all on which one may still wait.",
        ["after"] = "Only what stands behind this line, or this review. Default: from the first on.",
        ["rule"] = "Only what this rule did, as guards/many. Default: any.",
        ["cursor"] = "'next' of the previous page.",
        ["files"] = "true: with the text of the files. Default false.",
        ["from"] = "A version, 8 digits of one, or a draft. Default: the one before the version in force.",
        ["to"] = "A version, 8 digits of one, or a draft. Default: the version in force.",
        ["firstDay"] = "The first day that counts, as 2026-11-01. Default: from the beginning.",
        ["lastDay"] = "The last day that counts, included. Default: to the end.",
        ["format"] = "json (default) or csv.",
        ["cost"] = "What a point of a wallet costs, as points:0.01; may be given for several.",
        ["limit"] = "Lines of a page, 1 to 500. Default 50; the lines of one entry stay together.",
    };

    public static void AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "MallVip",
                Version = "v1",
                Description = "A real-time loyalty engine for malls.",
            };
            document.Servers = [];
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, context.Description.ActionDescriptor.EndpointMetadata);
            return Task.CompletedTask;
        });
    });

    private static void Describe(OpenApiOperation operation, IList<object> metadata)
    {
        operation.Parameters ??= [];
        foreach (var name in metadata.OfType<QueryParameters>().SelectMany(query => query.Names))
            operation.Parameters.Add(
                Parameter(name, ParameterLocation.Query, Meaning[name], required: false));
        if (metadata.OfType<ReadsPreference>().Any())
            operation.Parameters.Add(Parameter(
                "Prefer", ParameterLocation.Header,
                "respond-async: answer 202 when the event is durable, deliver it afterwards.",
                required: false));
        if (metadata.OfType<NeedsIdempotencyKey>().Any())
            operation.Parameters.Add(Parameter(
                "Idempotency-Key", ParameterLocation.Header,
                "1 to 255 visible ASCII characters; the same for repeats of one write.", required: true));
    }

    private static OpenApiParameter Parameter(
        string name, ParameterLocation place, string meaning, bool required) => new()
        {
            Name = name,
            In = place,
            Description = meaning,
            Required = required,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };
}
