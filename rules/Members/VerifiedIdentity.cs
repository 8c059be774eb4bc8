using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Members;

/// <summary>How an identity was checked to be the member's.</summary>
/// <param name="By">The API key's name.</param>
/// <param name="How">A short word, <c>sms</c>, <c>desk</c>.</param>
public sealed record IdentityProof([property: Name("by")] string By, [property: Name("how")] string How);

/// <summary>An identity of the member that was checked.</summary>
/// <param name="Handle">See <see cref="IdentityRef"/>.</param>
/// <param name="At">When.</param>
/// <param name="By">See <see cref="IdentityProof"/>.</param>
/// <param name="How">See <see cref="IdentityProof"/>.</param>
public sealed record VerifiedIdentity(
    [property: Name("h")] string Handle,
    [property: Name("at")] DateTimeOffset At,
    [property: Name("by")] string By,
    [property: Name("how")] string How);
