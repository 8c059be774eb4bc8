using System.Collections.Immutable;
using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Members;

/// <summary>Points on their way from one member to another.</summary>
/// <param name="Id">Names it for ever; the keys of its steps are made of it.</param>
/// <param name="Wallet">Of both members.</param>
/// <param name="DriveAt">When it is carried on if nobody else has.</param>
/// <param name="Reason">What for; null: was not said.</param>
public sealed record PointsTransfer(
    [property: Name("i")] string Id,
    [property: Name("to")] MemberId To,
    [property: Name("w")] string Wallet,
    ImmutableArray<TransferLot> Lots,
    [property: Name("at")] DateTimeOffset DriveAt,
    [property: Name("text")] string? Reason)
{
    /// <summary>What is on its way, soonest expiry first.</summary>
    [Name("l")]
    public ImmutableArray<TransferLot> Lots { get; init; } = Lots.IsDefault ? [] : Lots;

    /// <summary>All of it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Points Amount
    {
        get
        {
            var sum = Points.Zero;
            foreach (var lot in Lots)
                sum += lot.Amount;
            return sum;
        }
    }
}

/// <summary>Points of a transfer that lapse together; they keep their end with whoever has them.</summary>
/// <param name="ExpiresAt">Null: never.</param>
public sealed record TransferLot(
    [property: Name("a")] Points Amount, [property: Name("x")] DateTimeOffset? ExpiresAt);
