using System.Text.Json.Serialization;
using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Coupons;

/// <summary>A coupon that a member has. 32 bytes, and what is rare apart.</summary>
public readonly record struct Coupon
{
    private readonly MinuteStamp _from;
    private readonly MinuteStamp _until;
    private readonly ushort _left;

    [JsonConstructor]
    public Coupon(int number, string template, DateTimeOffset from, DateTimeOffset until, int left)
    {
        (Number, Template, _left) = (number, template, checked((ushort)left));
        (_from, _until) = (new(from), new(until));
    }

    /// <summary>Within the member, from 1, for ever.</summary>
    [Name("n")]
    public int Number { get; init; }

    [Name("k")]
    public string Template { get; }

    /// <summary>The first instant at which it is taken, to the minute.</summary>
    public DateTimeOffset From => _from.Instant!.Value;

    /// <summary>The first instant at which it is not any more, to the minute.</summary>
    public DateTimeOffset Until => _until.Instant!.Value;

    /// <summary>How often it may still be redeemed; 0: it is used, and kept while a return may bring it
    /// back.</summary>
    public int Left { get => _left; init => _left = checked((ushort)value); }

    /// <summary>Null: never reserved nor redeemed, and no piece of a stock.</summary>
    [Name("m")]
    public CouponMarks? Marks { get; init; }

    [JsonIgnore]
    public CouponHold? Hold => Marks?.Hold;
}
