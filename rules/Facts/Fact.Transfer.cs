using System.Collections.Immutable;
using MallVip.Rules.Members;
using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Facts;

/// <summary>Facts about points that go from one member to another.</summary>
public abstract partial record Fact
{
    /// <summary>A transfer has begun. The points leave with <see cref="Transferred"/>.</summary>
    public sealed record TransferSent([property: Name("tr")] PointsTransfer Transfer) : Fact;

    /// <summary>The receiver does not take it, and never will.</summary>
    /// <param name="Code">Why, as a refusal's code.</param>
    public sealed record TransferRefused(
        [property: Name("i")] string Transfer, [property: Name("from")] MemberId From,
        [property: Name("c")] string Code) : Fact;

    /// <summary>The sender knows what became of it.</summary>
    /// <param name="Refused">The receiver's code; null: it arrived.</param>
    public sealed record TransferEnded(
        [property: Name("i")] string Transfer, [property: Name("no")] string? Refused) : Fact;

    /// <summary>Points went to another member (below 0, drawn from lots), came from one, or came back (above
    /// 0, into a lot).</summary>
    /// <param name="Other">The member at the other end.</param>
    public sealed record Transferred(
        [property: Name("i")] string Transfer,
        [property: Name("m")] MemberId Other,
        [property: Name("w")] string Wallet,
        [property: Name("a")] Points Amount,
        [property: Name("l")] int? Lot,
        [property: Name("o")] Points Settled,
        [property: Name("x")] DateTimeOffset? ExpiresAt,
        ImmutableArray<LotPart> Parts,
        [property: Name("text")] string? Reason) : Fact
    {
        [Name("p")]
        public ImmutableArray<LotPart> Parts { get; init; } = Parts.IsDefault ? [] : Parts;
    }
}
