using MallVip.Rules.Facts;
using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Reviews;

/// <summary>What one rule earned with an event under review, in a lot of its own: what is left of the lot is
/// what is left of the line.</summary>
/// <param name="Lot">In it the points wait.</param>
/// <param name="Amount">As earned.</param>
/// <param name="ActivatesAt">As the wallet's points wait; see <see cref="Members.Lot.ActivatesAt"/>.</param>
/// <param name="Unconfirmed">The receipt has to be confirmed as well.</param>
/// <param name="Day">The day that it counts for in windows; null: the wallet has none.</param>
public sealed record HeldLine(
    [property: Name("l")] int Lot,
    [property: Name("w")] string Wallet,
    [property: Name("a")] Points Amount,
    [property: Name("at")] DateTimeOffset? ActivatesAt,
    [property: Name("cf")] bool Unconfirmed,
    [property: Name("y")] RuleRef? Why,
    [property: Name("fu")] Funding? Funding,
    [property: Name("d")] DateOnly? Day);
