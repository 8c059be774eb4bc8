using MallVip.Rules.Quantities;
using Name = System.Text.Json.Serialization.JsonPropertyNameAttribute;

namespace MallVip.Rules.Members;

/// <summary>A member's way into another one.</summary>
/// <param name="Id">Names it for ever; the keys of its steps are made of it.</param>
/// <param name="Into">Who goes on.</param>
/// <param name="DriveAt">When it is carried on if nobody else has.</param>
/// <param name="IsOver">The other one has everything: what this member is asked, that one is asked.</param>
public sealed record MergeState(
    [property: Name("i")] string Id,
    [property: Name("into")] MemberId Into,
    [property: Name("at")] DateTimeOffset DriveAt,
    [property: Name("over")] bool IsOver = false);

/// <summary>A member who has become a part of this one.</summary>
/// <param name="By">Who absorbed it: this member, or one who was absorbed later.</param>
/// <param name="Entry">The entry of <paramref name="By"/> that did.</param>
/// <param name="LotsFrom">Its lot n is lot <paramref name="LotsFrom"/> + n here.</param>
/// <param name="Entries">How many entries it had.</param>
public sealed record AbsorbedMember(
    [property: Name("m")] MemberId Member,
    [property: Name("by")] MemberId By,
    [property: Name("n")] long Entry,
    [property: Name("l")] int LotsFrom,
    [property: Name("e")] long Entries)
{
    /// <summary>Its coupon n is coupon <see cref="CouponsFrom"/> + n here.</summary>
    [Name("cf")]
    public int CouponsFrom { get; init; }

    /// <summary>How many coupons it ever had.</summary>
    [Name("cn")]
    public int Coupons { get; init; }
}
