using MallVip.Grains.Journal;
using MallVip.Rules.Quantities;

namespace MallVip.Grains.Coupons;

/// <summary>Finds whose coupon a code is, by the key of the entry that granted it.</summary>
public sealed class CouponHolder(KeyIndex keys, IJournal journal)
{
    /// <summary>Who was granted it; perhaps a part of another member by now. Null: nobody.</summary>
    public async Task<MemberId?> FindAsync(string code)
    {
        var key = CouponCodes.KeyOf(code);
        var claim = await keys.FindAsync(key);
        var entry = claim.Kind == KeyClaimKind.Written ? await journal.ReadAtAsync(claim.Pos) : null;
        return entry?.Grain.Kind == GrainKind.Member ? new MemberId(entry.Grain.Id) : null;
    }
}
