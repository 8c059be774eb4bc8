using MallVip.Rules.Quantities;

namespace MallVip.Grains.Coupons;

/// <summary>Finds whose coupon a code is, by the key of the entry that granted it.</summary>
public sealed class CouponHolder(CodeIndex codes)
{
    /// <summary>Who was granted it; perhaps a part of another member by now. Null: nobody.</summary>
    public async Task<MemberId?> FindAsync(string code) =>
        await codes.FindAsync(CouponCodes.KeyOf(code)) is { } entry ? new MemberId(entry.Grain.Id) : null;
}
