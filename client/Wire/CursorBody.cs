using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace MallVip.Client.Wire;

/// <summary>What is inside a ledger's cursor. Its names are short: it travels in a URL.</summary>
public sealed record CursorBody(
    [property: JsonPropertyName("n")] long Before,
    [property: JsonPropertyName("b")] ImmutableSortedDictionary<string, long> Balances);
