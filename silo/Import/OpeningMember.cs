using System.Text.Json;
using System.Text.Json.Serialization;

namespace MallVip.Silo.Import;

/// <summary>A member brought along from another system, with what was on the account.</summary>
/// <param name="Id">With <paramref name="Source"/> the key that makes a second import a duplicate.</param>
/// <param name="Source">The system the member comes from.</param>
/// <param name="EnrolledAt">When the member joined there.</param>
/// <param name="Identities">At least one, as <c>kind:value</c>.</param>
/// <param name="Attributes">Attributes by name; values are JSON scalars.</param>
/// <param name="Wallets">Opening balances; a wallet without lots is left out.</param>
/// <param name="Tier">Null: the ladder decides.</param>
public sealed record OpeningMember(
    string Id,
    string Source,
    DateTimeOffset EnrolledAt,
    IReadOnlyList<string> Identities,
    IReadOnlyDictionary<string, JsonElement> Attributes,
    IReadOnlyList<OpeningWallet> Wallets,
    OpeningTier? Tier)
{
    /// <summary>Each once; null: none.</summary>
    public IReadOnlyList<OpeningTag>? Tags { get; init; }

    /// <summary>Reads the JSON of an <see cref="ImportLine"/>.</summary>
    /// <exception cref="JsonException">It is not an opening member.</exception>
    public static OpeningMember Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, OpeningMemberJson.Default.OpeningMember)
        ?? throw new JsonException("An opening member is an object, not null.");
}

/// <summary>The opening balance of one wallet.</summary>
/// <param name="Wallet">The wallet's name in programme.yaml.</param>
/// <param name="Lots">In file order; the balance is their sum.</param>
public sealed record OpeningWallet(string Wallet, IReadOnlyList<OpeningLot> Lots);

/// <summary>Part of an opening balance.</summary>
/// <param name="Amount">More than zero, in the wallet's unit.</param>
/// <param name="ExpiresAt">The instant it ends; null: the wallet's policy.</param>
/// <param name="ActivatesAt">The instant it becomes spendable; null: at once.</param>
public sealed record OpeningLot(long Amount, DateTimeOffset? ExpiresAt, DateTimeOffset? ActivatesAt);

/// <summary>The tier a member comes with.</summary>
/// <param name="Id">The tier's name in programme.yaml.</param>
/// <param name="Until">The instant its validity ends; null: as the ladder says from the enrolment on.</param>
public sealed record OpeningTier(string Id, DateTimeOffset? Until);

/// <summary>A tag that a member comes with.</summary>
/// <param name="Tag">1 to 64 letters, digits and <c>- _ . :</c>.</param>
/// <param name="Until">The instant it ends; null: no end.</param>
public sealed record OpeningTag(string Tag, DateTimeOffset? Until);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectRequiredConstructorParameters = false)]
[JsonSerializable(typeof(OpeningMember))]
internal sealed partial class OpeningMemberJson : JsonSerializerContext;
