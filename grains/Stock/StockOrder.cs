using System.Text.Json.Serialization;
using MallVip.Grains.Journal;
using MallVip.Rules.Catalogue;
using MallVip.Rules.Commands;
using MallVip.Rules.Coupons;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Stock;

/// <summary>Somebody wants a piece. Stored for ever under these short names.</summary>
[GenerateSerializer, Immutable]
public sealed record StockOrder
{
    /// <summary>Of what; see <see cref="StockName"/>.</summary>
    [Id(0), JsonIgnore]
    public string Stock { get; init; } = "";

    /// <summary>The piece's id: who asks again asks for the same piece.</summary>
    [Id(1), JsonPropertyName("p")]
    public required string Piece { get; init; }

    [Id(2), JsonPropertyName("m")]
    public required MemberId Member { get; init; }

    /// <summary>How the member is given the piece. It names the piece, and gives it once.</summary>
    [Id(3), JsonIgnore]
    public MemberCommand Command { get; init; } = new MemberCommand.FireDue();

    /// <summary><see cref="Command"/> as it is stored.</summary>
    [JsonPropertyName("c")]
    public StoredCommand Stored
    {
        get => new(Command);
        init => Command = value.Command;
    }

    /// <summary>Who asks.</summary>
    [Id(4), JsonPropertyName("a")]
    public required string Actor { get; init; }

    /// <summary>The piece is set aside until the member confirms. Default: it is given at once.</summary>
    [Id(5), JsonPropertyName("h")]
    public bool Hold { get; init; }

    /// <summary>A member claims it, rather than a rule.</summary>
    [JsonIgnore]
    public bool IsClaim => Command is MemberCommand.GrantCoupon { Cause: CouponCause.Claim };

    /// <summary>The key of the member's entry: that of the call, or one made of the piece.</summary>
    [Id(7), JsonPropertyName("k")]
    public required EventKey Key { get; init; }

    /// <summary>Keyed hash of the call's content; 0: not compared.</summary>
    [Id(8), JsonPropertyName("x")]
    public UInt128 Content { get; init; }

    /// <summary>Answer what would be; nothing is kept.</summary>
    [Id(6), JsonIgnore]
    public bool DryRun { get; init; }
}
